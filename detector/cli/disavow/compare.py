"""``detector disavow compare``: what changed between two disavow files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detector.cli.disavow.output import count, print_json, print_lines, section

if TYPE_CHECKING:
    from detector.disavow.comparing import Changed, Comparison


def compare(
    old: Annotated[Path, typer.Argument(help="The old disavow file.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The new one.", show_default=False)],
    links: Annotated[
        list[Path] | None,
        typer.Option(help="Export, or folder of an audit: what it means for links (repeatable)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
) -> None:
    """Show what a new disavow file adds and drops, in rules and in links."""
    from detector.disavow.comparing import compare as run
    from detector.disavow.known import known_links
    from detector.disavow.parsing import DisavowFile
    from detector.links.domains import Domains

    files = DisavowFile.read(old), DisavowFile.read(new)
    if links:
        with known_links(links, Domains.default()) as known:
            result = run(*files, known)
    else:
        result = run(*files)
    if as_json:
        print_json({"old": str(old), "new": str(new), **result.as_dict()})
    else:
        print_lines(_lines(result))


def _lines(result: Comparison) -> list[str]:
    lists = (
        ("Added", result.added),
        ("Added, and covered before", result.added_needlessly),
        ("Removed, now covered by a wider rule", result.now_covered),
        ("Removed, no longer covered", result.no_longer_covered),
    )
    lines = [f"{count(result.kept, 'rule')} in both"]
    lines += [f"{len(changes):,} {heading.lower()}" for heading, changes in lists]
    lines.append("")
    for heading, changes in lists:
        part = "was before" if heading.startswith("Added") else "still is"
        lines += section(heading, [_rule(changed, part) for changed in changes])
    if result.links:
        told = result.links.as_dict()
        lines += _link_lines("now covered", told["covered"])
        lines += _link_lines("no longer covered", told["uncovered"])
    return lines


def _rule(changed: Changed, part: str) -> str:
    notes = [f"covered by {changed.covered_by.text}"] if changed.covered_by else []
    if changed.narrower:
        rest = f" and {len(changed.narrower) - 1:,} more" if len(changed.narrower) > 1 else ""
        notes.append(f"a part of it {part}: {changed.narrower[0].text}{rest}")
    if changed.out_of_force:
        notes.append(
            f"line {changed.out_of_force:,} of the other file means it, but Google does not read that line"
        )
    told = f"  ({'; '.join(notes)})" if notes else ""
    return f"line {changed.line}: {changed.rule.text}{told}"


def _link_lines(heading: str, told: dict[str, Any]) -> list[str]:
    unknown = f", of {told['unknown']:,} no export says" if told["unknown"] else ""
    lines = [
        f"{count(told['links'], 'known link')} {heading} ({told['followed']:,} followed{unknown}), "
        f"from {count(told['referring_domains'], 'referring domain')}"
    ]
    domains = [
        f"{one['referring_domain']}: {count(one['links'], 'link')}  {one['example_url']}"
        if one["links"]
        else f"{one['referring_domain']}: known by name only"
        for one in told["by_domain"]
    ]
    return section(lines[0], domains) or [*lines, ""]
