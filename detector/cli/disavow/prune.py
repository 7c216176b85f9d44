"""``detector disavow prune``: lines that may no longer be needed, or that do harm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detector.cli.disavow.output import check_name, count, deliver, print_json, print_lines, some
from detector.errors import UsageError

if TYPE_CHECKING:
    from detector.disavow.pruning import Candidate, Pruning


def prune(
    file: Annotated[Path, typer.Argument(help="The disavow file.", show_default=False)],
    links: Annotated[
        list[Path],
        typer.Option(help="Export, or folder of an audit (repeatable): the known links.", show_default=False),
    ],
    drop: Annotated[
        str, typer.Option(help="What goes, with --out: unmatched, nofollow, dead, overblocking; by commas.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="Write the pruned file; what goes stays as a comment.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the proposal as JSON.")] = False,
) -> None:
    """Propose lines of a disavow file to be dropped; drop those that you name by --drop, with --out."""
    from detector.disavow.known import known_links
    from detector.disavow.parsing import DisavowFile
    from detector.disavow.pruning import CAUTIONS, propose, pruned
    from detector.guards import Guards
    from detector.links.domains import Domains

    dropped = [code.strip() for code in drop.split(",") if code.strip()]
    _check_call(dropped, list(CAUTIONS), out)
    domains = Domains.default()
    parsed = DisavowFile.read(file)
    with known_links(links, domains) as known:
        result = propose(parsed, known, Guards(domains))
    going = [one for one in result.candidates if one.dropped_by(dropped)]
    if out:
        deliver(pruned(result, dropped), out)
    if as_json:
        print_json({**result.as_dict(), "dropped": [one.line for one in going] if out else []})
    else:
        print_lines([*_proposal(result), *_said_of(going, out)])


def _check_call(dropped: list[str], known: list[str], out: Path | None) -> None:
    for code in dropped:
        if code not in known:
            raise UsageError(f"--drop {code}: there is no such reason; there are {', '.join(known)}")
    if (out is None) == bool(dropped):
        raise UsageError("--out and --drop go together: nothing is dropped but what you name")
    check_name(out)


def _proposal(result: Pruning) -> list[str]:
    from detector.disavow.pruning import CAUTIONS, OVERBLOCKING

    lines = [
        f"{result.file.name}: {count(len(result.file.rules), 'rule')}, held against "
        f"{count(result.links, 'known link')} from {count(result.referring_domains, 'referring domain')}",
        "",
    ]
    for code, caution in CAUTIONS.items():
        found = [one for one in result.candidates if any(code in why.codes for why in one.findings)]
        if found:
            lines += [f"{code}: {count(len(found), 'line')}", f"  {caution}"]
            lines += [f"  {text}" for text in some([_line(one, code) for one in found])]
            lines.append("")
    if not result.candidates:
        lines += ["No line of it seems needless or harmful.", ""]
    if not result.with_verdicts:
        lines.append(
            f"{OVERBLOCKING} beyond platforms and public suffixes is known only with the verdicts of an audit:"
            " give its folder with --links."
        )
    return lines


def _line(one: Candidate, code: str) -> str:
    from detector.disavow.pruning import OVERBLOCKING
    from detector.disavow.showing import printable

    why = "; ".join(finding.why for finding in one.findings if code in finding.codes)
    both = next(
        (finding.codes for finding in one.findings if code in finding.codes and len(finding.codes) > 1), ()
    )
    needs = f" (goes with --drop {','.join(both)})" if both else ""
    below = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(one.judged.items()))
    judged = f" (below it: {below})" if below and code == OVERBLOCKING else ""
    instead = f"; instead: {', '.join(rule.text for rule in one.instead[:3])}" if one.instead else ""
    comment = f"  # {printable(one.comment)}" if one.comment else ""
    more = f" and {len(one.instead) - 3:,} more" if len(one.instead) > 3 else ""
    return f"line {one.line}: {one.rule.text}  {why}{needs}{judged}{instead}{more}{comment}"


def _said_of(going: list[Candidate], out: Path | None) -> list[str]:
    if out is None:
        return ["Nothing is dropped: name what is to go with --drop, and a file with --out."]
    return [f"{out}: {count(len(going), 'line')} dropped, kept there as comments."]
