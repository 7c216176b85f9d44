"""Linking pages: fetched politely and safely, remembered, and what became of each told as a fact."""
