"""A person decides: the store of decisions, the local web page and the terminal over an audit's folder."""

from detector.review.decisions import DECISIONS, Decision, Evidence, Subject
from detector.review.store import DecisionStore, read_decisions

__all__ = ["DECISIONS", "Decision", "DecisionStore", "Evidence", "Subject", "read_decisions"]
