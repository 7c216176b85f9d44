"""Reference data: who else names a domain, and as what, in compact hashed tables.

``sources`` (the table of lists) -> ``building`` (the shipped tables, from raw data) or ``updating`` (the user's own,
from the lists' addresses or a file) -> ``tables`` -> ``lookup``, which the signals read. Everything works without.
"""
