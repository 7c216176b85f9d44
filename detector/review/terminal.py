"""The review in a terminal: one domain at a time, one key a decision. It needs nothing but lines of text, and so works anywhere."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TextIO

from detector.disavow.files import write_atomically
from detector.errors import DetectorError, UsageError
from detector.report.words import plural
from detector.review.decisions import DISAVOW, IGNORE, KEEP, LATER, Action, ConflictError
from detector.review.details import Details
from detector.review.exporting import REQUESTS, export, removal_requests
from detector.review.filters import ORDERS, STATES, UNDECIDED, Filters
from detector.review.keyboard import read_key
from detector.review.screen import clip, safe, wrap
from detector.review.session import Review

#: What the export is called: the audit's own disavow.txt stays as the audit proposed it.
FILE: Final = "disavow-reviewed.txt"
_WIDEST: Final = 110
_BAR: Final = 12  # columns of half a bar
_DECISIONS: Final = {"d": DISAVOW, "k": KEEP, "i": IGNORE, "l": LATER, "0": None}
_HELP: Final = """\
  d disavow   k keep   i ignore (spam that needs no line)   l later   0 take back
  j next (or Enter)   p previous   m all that is known of it   c all of its cluster   A all of the list
  u undo   U redo   n note   w whitelist (this site)   W whitelist (all my sites)
  / search   f filter   x export   ? help   q quit"""
_FIRST: Final = {"verdicts": ["disavow", "review"], "state": UNDECIDED}


class Terminal:
    """One review in a terminal.

    Args:
        review: the review.
        details: what is known of a domain.
        keys, out: where keys come from, and where lines go. Where keys do not come from a terminal, the first letter of a line counts.
    """

    def __init__(self, review: Review, details: Details, keys: TextIO, out: TextIO) -> None:
        self._review, self._details, self._keys, self._out = review, details, keys, out
        self._asked: dict[str, Any] = dict(_FIRST)
        self._rows: Sequence[int] = ()
        self._at = self._seen = 0
        self._actions: dict[str, Callable[[], None]] = {
            **{key: lambda decision=what: self._decide(decision) for key, what in _DECISIONS.items()},  # type: ignore[misc]
            "j": lambda: self._move(1), "": lambda: self._move(1), " ": lambda: self._move(1), "p": lambda: self._move(-1),
            "m": self._more, "c": self._cluster, "A": self._all,
            "u": lambda: self._turn("undo"), "U": lambda: self._turn("redo"),
            "n": self._note, "w": lambda: self._whitelist(shared=False), "W": lambda: self._whitelist(shared=True),
            "/": self._search, "f": self._filter, "x": self._export, "?": lambda: self._say(_HELP),
        }  # fmt: skip

    def run(self) -> None:
        """Review until ``q``, or until there are no more keys."""
        if hasattr(self._out, "reconfigure"):
            self._out.reconfigure(
                errors="replace"
            )  # a terminal of another character set is no reason to stop
        self._say(f"Review of {safe(self._review.site)}. Every decision is saved at once. ? tells the keys.")
        self._ask()
        self._card()
        while True:
            self._say("> ", end="")
            key = read_key(self._keys)
            if key in (None, "q", "\x03", "\x04"):
                self._say("")
                return
            self._say(key if key and key.isprintable() else "")
            action = self._actions.get(key or "")
            if action is None:
                self._say("No such key: ? tells them.")
                continue
            try:
                self._review.check_audit()
                action()
            except ConflictError as error:
                self._wrapped(str(error))
                self._card()
            except DetectorError as error:
                self._wrapped(str(error))

    # ------------------------------------------------------------------ looking

    @property
    def _width(self) -> int:
        return max(20, min(shutil.get_terminal_size().columns, _WIDEST))

    def _say(self, text: str, end: str = "\n") -> None:
        self._out.write(text + end)
        self._out.flush()

    def _wrapped(self, text: str, first: str = "", later: str = "") -> None:
        for line in wrap(text, self._width, first, later):
            self._say(line)

    def _ask(self) -> None:
        self._rows = self._review.ask(Filters.of(self._asked)).rows.tolist()
        self._at = 0
        self._say(f"{plural(len(self._rows), 'domain')}: {self._words()}.")

    def _words(self) -> str:
        parts = []
        for name, value in self._asked.items():
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            parts.append(f"{name} {safe(shown)}")
        return "; ".join(parts) or "all"

    @property
    def _place(self) -> int:
        if not self._rows:
            raise UsageError("The list is empty: / searches, f filters.")
        return self._rows[self._at]

    def _move(self, by: int) -> None:
        if not 0 <= self._at + by < max(len(self._rows), 1):
            self._say("That was the last one. f filters anew." if by > 0 else "This is the first one.")
            return
        self._at += by
        self._card()

    def _card(self) -> None:
        if not self._rows:
            return
        (row,) = self._review.rows([self._place])
        done, self._seen = self._review.progress(), self._review.store.newest()
        self._say("")
        self._say(f"[{self._at + 1:,} of {len(self._rows):,}; {done['done']:,} of {done['asked']:,} decided]")
        self._say(clip(row["referring_domain"], self._width))
        decided = f" - decided: {row['decision']}" if row["decision"] else ""
        changed = " (the evidence has changed since)" if row["changed"] else ""
        self._wrapped(
            f"{row['verdict']} {row['probability']:.3f} - {row['kind']} - {links_told(row)}{decided}{changed}"
        )
        for told in (row["guard"] and "never disavowed", row["no_line_needed"]):
            if told:
                self._wrapped(f"no line: {told}")
        if row["reasons"]:
            self._wrapped(f"why: {row['reasons']}", "  ", "    ")
        if row["anchors"]:
            self._wrapped(f"anchors: {' | '.join(row['anchors'])}", "  ", "    ")
        if row["group"]:
            self._say(f"  one of {row['group']:,} domains of cluster {row['cluster']}")

    def _more(self) -> None:
        told = self._details.of(self._review.table["referring_domain"][self._place])
        for title, lines in _sections(told):
            self._say("")
            self._say(title)
            for line in lines:
                self._wrapped(line, "  ", "    ")

    def _search(self) -> None:
        self._asked = {"search": self._line("search: ")}
        self._ask()
        self._card()

    def _filter(self) -> None:
        self._wrapped(
            f"name=value, with blanks between; state: {', '.join(STATES)}; order: {', '.join(ORDERS)}."
        )
        self._wrapped(
            'e.g. verdicts=disavow,review kind="link farm" tld=xyz anchor=casino; nothing: the first list again'
        )
        text = self._line("filter: ")
        self._asked = _filters(text) if text else dict(_FIRST)
        self._ask()
        self._card()

    # ------------------------------------------------------------------ deciding

    def _decide(self, decision: str | None) -> None:
        action, _ = self._review.decide([self._place], decision, seen=self._seen)
        self._seen = action.number  # what one did oneself has been seen
        self._say(
            f"{decision or 'taken back'}: {clip(self._review.table['referring_domain'][self._place], self._width - 12)}"
        )
        self._move(1)

    def _many(self, rows: Sequence[int], about: str) -> None:
        seen = self._review.store.newest()
        self._wrapped(
            f"{plural(len(rows), 'domain')} ({about}): d disavow, k keep, i ignore, l later, 0 take back, all else: nothing"
        )
        self._say("all> ", end="")
        key = read_key(self._keys)
        self._say(key if key and key.isprintable() else "")
        if key not in _DECISIONS:
            self._say("Nothing was done.")
            return
        if self._line(
            f"{_DECISIONS[key] or 'take back'} {plural(len(rows), 'domain')}? Type the number: "
        ).replace(",", "") != str(len(rows)):
            self._say("Nothing was done.")
            return
        action, left_out = self._review.decide(rows, _DECISIONS[key], about=about, seen=seen)
        self._say(f"{safe(action.title)}. u undoes all of it.")
        if left_out:
            self._say(
                f"{left_out:,} left out: no line is ever written for {'it' if left_out == 1 else 'them'}."
            )
        self._card()

    def _cluster(self) -> None:
        cluster = self._review.table["cluster"][self._place]
        if cluster is None:
            raise UsageError("It belongs to no cluster.")
        self._many(self._review.ask(Filters(cluster=cluster)).rows.tolist(), f"cluster {cluster}")

    def _all(self) -> None:
        self._many([*self._rows, *([] if self._rows else [self._place])], "all of the list")

    def _turn(self, what: str) -> None:
        done: Action | None = getattr(self._review, what)()
        self._wrapped(f"{what}: {done.title}" if done else f"There is nothing to {what}.")
        self._card()

    def _note(self) -> None:
        place = self._place
        decision, note = self._review.decision(place) or LATER, self._line("note: ")
        action, _ = self._review.decide([place], decision, note=note, seen=self._seen)
        self._seen = action.number
        self._say("The note is kept with the decision.")

    def _whitelist(self, *, shared: bool) -> None:
        kept = self._review.whitelist(self._review.table["referring_domain"][self._place], shared=shared)
        self._wrapped(f"never disavowed{' on any of your sites' if shared else ''}: {kept}")

    def _export(self) -> None:
        with_proposals = (
            self._line("Include what the audit proposes and nobody has decided on? y or n: ").lower() == "y"
        )
        made = export(self._review, with_proposals=with_proposals)
        for finding in made.findings:
            if finding.severity in ("error", "danger"):
                self._wrapped(f"{finding.severity}: line {finding.line}: {finding.message} {finding.fix}")
        for name, data in (
            (FILE, made.data),
            (REQUESTS, removal_requests(self._review, with_proposals=with_proposals)),
        ):
            write_atomically(self._review.folder / name, data)
            self._say(f"written: {safe(str(self._review.folder / name))}")
        fit = "fit to be uploaded" if made.fit else "NOT fit to be uploaded"
        self._wrapped(f"{made.decided:,} by decision, {made.proposed:,} by the audit alone; checked: {fit}.")

    def _line(self, prompt: str) -> str:
        self._say(prompt, end="")
        return self._keys.readline().strip()


def _filters(text: str) -> dict[str, Any]:
    """Filters as they are typed: ``name=value``.

    Raises:
        UsageError: they cannot be read.
    """
    try:
        pairs = [part.partition("=") for part in shlex.split(text)]
    except ValueError as error:
        raise UsageError(f"the filter cannot be read: {error}") from error
    asked: dict[str, Any] = {}
    for name, _, value in pairs:
        plain: Any = {"yes": True, "no": False}.get(value, value)
        asked[name] = (
            value.split(",")
            if name == "verdicts"
            else int(value)
            if name == "cluster" and value.isdigit()
            else plain
        )
    Filters.of(asked)
    return asked


def links_told(row: dict[str, Any]) -> str:
    """How many links are known of a domain, and how many of them are followed."""
    if not row["links"]:
        return "no link in the exports"
    followed = "" if row["followed_links"] is None else f", {row['followed_links']:,} followed"
    return f"{plural(row['links'], 'link')}{followed}"


def _sections(told: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """What is told of a domain, as headings and lines."""
    held = [*([told["forbidden"]] if told["forbidden"] else []), *told["held"], *told["notes"]]
    if held:
        yield "Mind", held
    yield "Why", [f"{number}. {reason}" for number, reason in enumerate(told["reasons"], 1)]
    flips = [
        f"{flip['verdict']}, if {'; and '.join(c['sentence'] for c in flip['changes'])}"
        for flip in told["flips"] or ()
    ]
    yield "What would change it", flips or ["nothing that can be told"]
    if told["taken"]:
        yield (
            "What each signal says (left: against spam, right: towards it)",
            list(_bars(told["taken"]["contributions"])),
        )
    yield (
        f"Links ({told['links_in_all']:,})",
        [
            f'{link["source_url"] or "(page not told)"} "{link["anchor"] or ""}" -> {link["target_url"] or "(target not told)"}'
            for link in told["links"]
        ],
    )
    for alike in told["similar"]:
        names = ", ".join(row["referring_domain"] for row in alike["rows"])
        yield f"{alike['count']:,} with {alike['words']}", [names]
    decided = [
        f"{each['decision']} {each['subject']} by {each['who']} on {each['when'][:10]}{': ' if each['note'] else ''}{each['note']}"
        for each in told["decisions"]
    ]
    yield "What was decided", decided or ["nobody has decided yet"]


def _bars(contributions: Sequence[dict[str, Any]]) -> Iterator[str]:
    known = [part for part in contributions if part["value"] is not None][:_BAR]
    widest = max((abs(part["log_odds"]) for part in known), default=1.0) or 1.0
    for part in known:
        length = round(abs(part["log_odds"]) / widest * _BAR)
        left, right = ("#" * length, "") if part["log_odds"] < 0 else ("", "#" * length)
        yield f"{left:.>{_BAR}}|{right:.<{_BAR}} {part['log_odds']:+.2f} {part['said']}"
