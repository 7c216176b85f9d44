"""Exports in: every tool's files become one canonical table of records, then of links."""
