"""``detector explain``: everything an audit knows of one referring domain, and why it was judged so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from detector.auditing.counterfactual import Flip
    from detector.auditing.explanation import Contribution, Explanation, Taken

#: What a verdict makes of a domain, for a sentence.
_BECOMES: Final = {
    "disavow": "disavowed",
    "review": "marked for review",
    "keep": "kept",
    "ignore": "ignored",
}
_RESTS_ON: Final = {
    "name": "its name alone",
    "metrics": "metrics of the domain alone",
    "urls": "the addresses of its pages",
    "anchors": "its pages and anchors",
    "titles": "its pages and their titles",
    "rich": "rich exports: pages, anchors, titles and outbound links",
}
_NOTHING_FLIPS: Final = (
    "none of the changes that were tried (of each signal, and of pairs of the twelve that move the judgement most) gives"
    " another verdict"
)
_WIDEST: Final = 100  # characters of a stranger's text in one line


def explain(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder of an audit (--out).", show_default=False)
    ],
    domain: Annotated[
        str, typer.Argument(help="A referring domain, or a host or URL of it.", show_default=False)
    ],
    model: Annotated[Path | None, typer.Option(help="Folder of the model that made the audit.")] = None,
    trust_model: Annotated[
        bool, typer.Option("--trust-model", help="Open --model although nothing vouches for it.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Say why a referring domain got its verdict, on what evidence, and what would change it."""
    from detector.auditing.explaining import Explainer
    from detector.classifier.store import load
    from detector.links.domains import Domains

    explainer = Explainer(folder, Domains.default(), load(model, trust=trust_model))
    told = explainer.explain(domain)
    if as_json:
        typer.echo(json.dumps(told.as_dict(), indent=1, ensure_ascii=False))
        return
    for line in _lines(told):
        typer.echo(line)


def _lines(told: Explanation) -> Iterator[str]:
    cuts = ", ".join(
        f"{name} never by itself" if cut is None else f"{name} from {cut:.3f}"
        for name, cut in told.thresholds.items()
    )
    yield f"{told.domain}: {told.verdict} ({told.kind})"
    yield f"  links to {told.site}; judged by {_RESTS_ON.get(told.tier, told.tier)} (tier {told.tier})"
    yield f"  probability of being toxic {told.probability:.3f} ({cuts})"
    yield f"  {told.promise}"
    for note in told.notes:
        yield f"  note: {note}"
    for sentence in told.held:
        yield f"  {sentence}"
    yield from _section("Why", [f"{n}. {reason}" for n, reason in enumerate(told.reasons, 1)])
    yield from _section("What would change it", _changes(told))
    if told.taken:
        yield from _section(
            "What each family says, in log odds (above 0: towards spam)", _families(told.taken)
        )
        yield from _section("What each signal says, in log odds", _signals(told))
    shown, in_all = len(told.links), told.links_in_all
    head = f"Links ({in_all:,})" if shown == in_all else f"Links (the {shown} earliest of {in_all:,})"
    yield from _section(head, _links(told))
    yield from _section("In disavow.txt", _listed(told))


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    yield from ("", heading, *(f"  {line}" for line in lines))


def _changes(told: Explanation) -> list[str]:
    """What would flip the verdict; where that cannot be told, why."""
    if told.flips is None:
        held = (
            "nothing in the signals: see above"
            if told.held
            else "it cannot be told without the model of the audit"
        )
        return [held]
    if not told.flips:
        return [_NOTHING_FLIPS]
    return [_flip(flip) for flip in told.flips]


def _flip(flip: Flip) -> str:
    become = f"it would be {_BECOMES.get(flip.verdict, flip.verdict)} if"
    sentences = [change.sentence for change in flip.changes]
    both = "both were so" if len(sentences) > 1 else "this were so"
    return f"{become} {both}: {'; and '.join(sentences)}"


def _families(taken: Taken) -> list[str]:
    return [f"{total:+z8.3f}  {family}" for family, total in taken.families.items()]


def _signals(told: Explanation) -> list[str]:
    """The contributions, the largest first; those of signals that the exports do not tell in one line."""
    taken = told.taken
    if taken is None:
        return []
    known = [part for part in taken.contributions if part.value is not None and abs(part.log_odds) >= 5e-4]
    silent = [part for part in taken.contributions if part.value is not None and abs(part.log_odds) < 5e-4]
    missing = [part for part in taken.contributions if part.value is None]
    wide = max((len(part.signal) for part in known), default=0)
    lines = [f"{part.log_odds:+z8.3f}  {part.signal:{wide}}  {part.shown}" for part in known]
    lines += _together(silent, "of little say")
    lines += _together(missing, "not told by the exports")
    lines.append(f"{taken.intercept:+z8.3f}  where every domain starts")
    lines.append(
        f"{taken.total:+z8.3f}  together: probability {told.probability:.3f} by the curve of its tier"
    )
    return lines


def _together(parts: Sequence[Contribution], what: str) -> list[str]:
    if not parts:
        return []
    number = "1 signal" if len(parts) == 1 else f"{len(parts)} signals"
    return [f"{sum(part.log_odds for part in parts):+z8.3f}  {number} {what}"]


def _links(told: Explanation) -> list[str]:
    import polars as pl

    from detector.classifier.evidence import quotable

    if not told.links:
        return ["no export shows a link of it; it is known from a list of domains"]
    names = ("source_url", "target_url", "anchor")
    written = pl.DataFrame(
        [[link[name] for name in names] for link in told.links], dict.fromkeys(names, pl.String), orient="row"
    )
    texts = written.select(quotable(written[name], _WIDEST) for name in names)
    lines = []
    for link, (page, target, anchor) in zip(told.links, texts.iter_rows(), strict=True):
        said = f'"{anchor}"' if anchor else "no anchor text"
        rel = link["rel"] or "rel not told"
        gone = ", gone" if link["lost"] or link["http_status"] in (404, 410) else ""
        seen = f"first seen {link['first_seen']}" if link["first_seen"] else "no date"
        lines.append(page or "(page not told)")
        lines.append(f"    {said} -> {target or '(target not told)'}")
        lines.append(f"    {rel}{gone}, {seen}, {', '.join(link['tools'])}")
    return lines


def _listed(told: Explanation) -> list[str]:
    old = f" ({told.former} covers it as well)" if told.former else ""
    return [
        f"line {listed.line.line}: {listed.line.entry}{old if listed.former else ''}"
        + (f"  for {listed.about}" if listed.about != told.domain else "")
        for listed in told.listed
    ] or ["no line covers it"]
