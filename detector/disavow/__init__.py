"""The disavow file: parse, plan, merge, write. Google's rules for it stand in ``rules``."""
