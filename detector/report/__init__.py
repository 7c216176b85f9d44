"""What is shown: the report of an audit as one self-contained page."""

from detector.report.html import write_report

__all__ = ["write_report"]
