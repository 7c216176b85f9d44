"""What a format is: tools, their reports, and what each header of a report means. Data only.

A header matches whatever its case, outer blanks and byte order mark; ``NAME_*`` stands for any ending. The
transforms are those of the canonical links schema; ``detector.links.convert`` carries them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

IGNORED = "ignore"


@dataclass(frozen=True)
class Field:
    """What a header means.

    Attributes:
        column: column of the canonical table; ``ignore``: known, and not needed; ``rel``: the rel attribute.
        transform: how a cell becomes a value of that column; empty: as it stands. ``metric:M`` says which score
            it is; where nothing stands behind the colon, a column of the file says it.
    """

    column: str
    transform: str = ""

    @property
    def is_date(self) -> bool:
        """Whether the cells are dates (also where they are not needed)."""
        return self.transform.startswith("date") or self.transform == "epoch"

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers (also where they are not needed)."""
        return self.transform.startswith(("int", "metric:"))


IGNORE = Field(IGNORED)


@dataclass(frozen=True)
class Report:
    """One kind of file of a tool.

    Attributes:
        name: short name, as the column ``report`` shows it.
        fields: header -> meaning.
        unquoted: delimiter with which the tool writes this report without any quoting, so that a quotation
            mark is text; empty: it quotes.
        refusal: what to tell the user when this report is no export of backlinks; empty: it is one.
        badge: a mark of spam that is glued to the host where the table was copied from the screen.
    """

    name: str
    fields: Mapping[str, Field]
    unquoted: str = ""
    refusal: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Tool:
    """A tool and its reports.

    Attributes:
        name: short name, as the column ``tool`` shows it.
        reports: its reports; of two that fit a file equally well the earlier is taken.
        row_limits: numbers of rows at which the tool cuts a table off.
        unnamed_kind: the link type that the tool means where a cell of words names none; empty: none.
    """

    name: str
    reports: tuple[Report, ...]
    row_limits: tuple[int, ...] = ()
    unnamed_kind: str = ""
