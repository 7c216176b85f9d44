"""``detector disavow``: everything around the file itself, one module a command."""

from __future__ import annotations

import typer

from detector.cli.disavow import (
    check,
    compare,
    convert,
    explain,
    fix,
    handoff,
    history,
    merge,
    plan,
    prune,
    reconsideration,
)

app = typer.Typer(
    name="disavow",
    help="Check, mend, merge, compare, plan and hand over disavow files.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command(name="check")(check.check)
app.command(name="fix")(fix.fix)
app.command(name="history")(history.history)
app.command(name="handoff")(handoff.handoff)
app.command(name="reconsideration")(reconsideration.reconsideration)
app.command(name="merge")(merge.merge)
app.command(name="compare")(compare.compare)
app.command(name="prune")(prune.prune)
app.command(name="explain")(explain.explain)
app.command(name="convert")(convert.convert)
app.command(name="plan")(plan.plan)
