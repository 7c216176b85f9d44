"""``detector disavow plan``: verdicts become rules, and what they would take away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import polars as pl

    from detector.disavow.proposal import Proposal

_SHOWN = 40  # rules on the terminal


def plan(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of an audit.", show_default=False)
    ],
    max_lines: Annotated[
        int | None, typer.Option(help="At most so many lines (Google takes 100,000).", show_default=False)
    ] = None,
    max_bytes: Annotated[
        int | None, typer.Option(help="At most so many bytes (Google takes 2 MB).", show_default=False)
    ] = None,
    disavow: Annotated[
        Path | None,
        typer.Option(help="The disavow file in force; else the one that the audit was made with."),
    ] = None,
    whitelist: Annotated[
        Path | None, typer.Option(help="Never to be disavowed; else the list that the audit was made with.")
    ] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Do not look at what was uploaded before.")
    ] = False,
    store: Annotated[Path | None, typer.Option(help="Folder of the histories of your sites.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the file; its name ends in .txt.")] = None,
    losses: Annotated[Path | None, typer.Option(help="Write what each rule takes away, as CSV.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan as JSON.")] = False,
) -> None:
    """Turn the verdicts of an audit into rules, and say what they would take away."""
    from datetime import datetime

    from detector.disavow.audited import read_audit, recorded
    from detector.disavow.files import write_atomically
    from detector.disavow.proposal import limits_of, propose
    from detector.disavow.writing import check_name
    from detector.guards import Guards, read_whitelist
    from detector.history.naming import stores_folder
    from detector.history.starting import start_from
    from detector.history.whitelists import remembered_whitelist
    from detector.links.domains import Domains
    from detector.report.sheet import harmless

    limits = limits_of(max_lines, max_bytes)
    if out:
        check_name(out)
    domains = Domains.default()
    audited = read_audit(folder, domains)
    stores = None if no_history else stores_folder(store)
    old = recorded(disavow, audited.disavow, "--disavow")
    start = start_from(old, audited.site, stores, domains)
    listed = recorded(whitelist, audited.whitelist, "--whitelist")
    never = read_whitelist(listed) if listed else []
    if stores:
        never += remembered_whitelist(audited.site, stores)
    guards = Guards(domains, audited.site, audited.own, never)
    proposal = propose(
        audited, guards=guards, today=datetime.now().astimezone().date(), existing=start.file, limits=limits
    )
    if losses:
        write_atomically(losses, harmless(proposal.losses.rules).write_csv().encode())
    if out:
        proposal.write(out)
    if as_json:
        typer.echo(json.dumps(proposal.as_dict(), indent=1, ensure_ascii=False))
    else:
        _print(proposal, out)


def _print(proposal: Proposal, out: Path | None) -> None:
    for warning in proposal.warnings:
        typer.echo(f"warning: {warning}", err=True)
    file, lost = proposal.file, proposal.losses
    where = f"{out}: " if out else ""
    typer.echo(
        f"{where}{file.former_rules + file.new_rules:,} rules for {proposal.audited.site} ({file.former_rules:,} old,"
        f" {file.new_rules:,} new), {file.lines:,} lines, {file.bytes:,} bytes"
    )
    _print_totals(lost.totals)
    _print_doubt(proposal)
    twice, new = lost.to_look_at(), lost.rules.filter(lost.rules["status"] == "new")
    if new.height > twice.height > 0:
        typer.echo("\nLook at these twice: the most to lose if the verdict is wrong")
        _print_rules(twice)
    if new.height:
        more = (
            "" if new.height <= _SHOWN else f", the first {_SHOWN} (all of them: --losses FILE.csv, --json)"
        )
        typer.echo(f"\nNew rules: {new.height:,}{more}")
        _print_rules(new.head(_SHOWN))


_TOTALS = {
    "profile": "the whole profile",
    "flagged": "flagged (disavow)",
    "old": "taken by old rules",
    "new": "taken by new rules",
    "file": "taken by the file",
    "no_room": "no room for",
    "flagged_uncovered": "flagged, not covered",
}


def _print_totals(totals: dict[str, dict[str, Any]]) -> None:
    columns = ("links", "followed_links", "live_links", "referring_domains")
    typer.echo(
        f"\n{'What you would lose':22}{'links':>18}{'followed':>18}{'live':>11}{'domains':>18}{'authority':>11}"
    )
    for name, words in _TOTALS.items():
        counts = totals[name]
        if name in ("no_room", "flagged_uncovered") and not counts["referring_domains"]:
            continue
        cells = [_with_share(counts, column, name) for column in columns]
        authority = "" if name == "profile" else _share(counts["shares"]["authority"])
        typer.echo(f"  {words:20}{cells[0]:>18}{cells[1]:>18}{cells[2]:>11}{cells[3]:>18}{authority:>11}")


def _with_share(counts: dict[str, Any], column: str, name: str) -> str:
    share = counts["shares"].get(column) if name != "profile" else None
    return f"{counts[column]:,}" + (f" ({_share(share)})" if share is not None else "")


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _print_doubt(proposal: Proposal) -> None:
    from detector.disavow.profile import RATINGS

    lost = proposal.losses
    untold = lost.totals["new"]["untold_links"]
    if untold:
        links, they = ("1 link", "it is") if untold == 1 else (f"{untold:,} links", "they are")
        count = "counts" if untold == 1 else "count"
        typer.echo(
            f"  Of {links} that new rules take no export says whether {they} followed; {they.partition(' ')[0]} {count} as such."
        )
    if lost.metric:
        typer.echo(
            f"  Authority: share of the profile's followed live links, weighted by {RATINGS[lost.metric][0]}"
            f" (known of {lost.rated_domains:,} domains)."
        )
    asked = proposal.file.new_rules - proposal.by_person
    if asked:
        lines = "the 1 new line" if asked == 1 else f"the {asked:,} new lines"
        typer.echo(
            f"  Expected to be wrong: {proposal.expected_wrong:.1f} of {lines} that the audit asks for, by the probabilities"
            " below. (The audit's own figure moves them to the share of spam in this profile.)"
        )
    if proposal.by_person:
        more = "line is" if proposal.by_person == 1 else "lines are"
        typer.echo(f"  {proposal.by_person:,} more {more} a person's decision against the audit's own.")


def _print_rules(rules: pl.DataFrame) -> None:
    width = min(max([*(len(rule) for rule in rules["rule"]), 4]), 70)
    typer.echo(
        f"  {'rule':{width}}  {'prob.':>6}{'links':>9}{'followed':>10}{'live':>9}{'domains':>9}  authority"
    )
    for row in rules.iter_rows(named=True):
        rule = row["rule"] if len(row["rule"]) <= width else row["rule"][: width - 1] + "…"
        authority = "" if row["authority"] is None else f"{row['authority_metric']} {row['authority']:g}"
        likely = f"{row['probability']:.3f}"
        typer.echo(
            f"  {rule:{width}}  {likely:>6}{row['links']:>9,}{row['followed_links']:>10,}{row['live_links']:>9,}"
            f"{row['referring_domains']:>9,}  {authority}"
        )
