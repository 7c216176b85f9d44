"""What a disavow file takes away: links, followed links, domains and authority, behind each rule and in total.

Counts are the most that can be lost: a link of which no export says that it is nofollow counts as followed (how many
of these there are is told), one of which none says that it is gone counts as live. A domain that is known by
name only counts as a referring domain without links.

*Authority* is a tool's rating of the linking domain. Ratings of different tools are never mixed: the shares of the
profile's authority are taken by the one tool that rates most of its domains; a single rule shows that tool's rating,
or another one's with its name where that tool has none. Of several domains behind a rule the strongest counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from detector.disavow.judged import Judged
from detector.disavow.planned import PlannedRule
from detector.disavow.profile import COUNTS, CREDIT, RATINGS, Profile
from detector.disavow.rules import DOMAIN, URL, Rule
from detector.errors import DetectorError
from detector.links import hostnames

NEW, OLD, DROPPED = "new", "old", "no_room"

_SHOWN_COUNTS: Final = ("links", "followed_links", "untold_links", "live_links", "passing_links")


@dataclass(frozen=True)
class Losses:
    """What a file takes away.

    Attributes:
        rules: one row a rule, that with the most to lose for nothing first: ``rule, status`` (new, old or no_room),
            ``referring_domain, kind`` (String; empty for an old rule), ``probability`` (Float64),
            ``referring_domains, links, followed_links, untold_links, live_links, passing_links`` (Int64; ``passing``:
            may be followed and live), ``already_covered`` (links that an old rule covers as well), ``kept_links``
            (covered although they are kept; only an old rule can have any), ``authority`` (Float64),
            ``authority_metric`` (String), ``regret`` (Float64).
        totals: of ``profile``, ``flagged``, ``old``, ``new``, ``file`` (both), ``no_room``, ``kept_by_old`` and ``flagged_uncovered``: counts as above, and
            each as a share of the profile's; see docs/disavow-plan.md.
        metric: the rating that authority shares are taken by; None where no tool rates anything.
        rated_domains: how many referring domains it rates.
    """

    rules: pl.DataFrame
    totals: dict[str, dict[str, Any]]
    metric: str | None
    rated_domains: int

    def to_look_at(self, count: int = 10) -> pl.DataFrame:
        """The new rules that one should look at twice: those with the most to lose for nothing."""
        return self.rules.filter((pl.col("status") == NEW) & (pl.col("regret") > 0)).head(count)


def losses(
    profile: Profile,
    judged: Judged,
    *,
    new: Sequence[PlannedRule],
    old: Iterable[Rule] = (),
    dropped: Sequence[PlannedRule] = (),
) -> Losses:
    """Count what rules take away.

    Args:
        profile: every known link.
        judged: the verdicts on them.
        new: the new rules that are written; none covers another, nor one of ``dropped``.
        old: the rules of the former file that stay in force.
        dropped: new rules for which there was no room.

    Raises:
        DetectorError: a new rule covers a link that is kept (a fault of ours).
    """
    old = tuple(dict.fromkeys(old))
    covered = _covered(profile, judged, [*new, *dropped], old)
    metrics = [name for name in profile.ratings.columns if name != "referring_domain"]
    metric = metrics[0] if metrics else None
    rated = _with_ratings(covered, profile, metrics)
    table = _rules(rated, metrics, _described(new, old, dropped))
    if table.filter(pl.col("status") != OLD)["kept_links"].sum():
        rule = table.filter((pl.col("status") != OLD) & (pl.col("kept_links") > 0))["rule"][0]
        raise DetectorError(f"No plan was made: {rule} would cover links that are kept. Please report this.")
    status = table.select(pl.col("rule").alias("new_rule"), "status").filter(pl.col("status") != OLD)
    known = profile.ratings[metric].count() if metric else 0
    return Losses(table, _totals(rated.join(status, on="new_rule", how="left"), metric), metric, known)


# ---------------------------------------------------------------------- which rule covers which links


def _covered(
    profile: Profile, judged: Judged, planned: Sequence[PlannedRule], old: Sequence[Rule]
) -> pl.DataFrame:
    """Counts by host, referring domain and, where a rule names a page there, page: with the rules that cover them.

    Returns:
        ``host, referring_domain, new_rule, old_rule`` (String), ``flagged`` (Boolean) and ``COUNTS``.
    """
    new = [one.rule for one in planned]
    paged = {hostnames.of_text(rule.value) or "" for rule in (*new, *old) if rule.kind == URL}
    paged |= {hostnames.of_text(rule.value) or "" for rule in judged.pages}
    hosts = profile.hosts
    is_paged = _is_among(hosts["host"], paged)
    parts = [hosts.filter(~is_paged | (pl.col("links") == 0)).with_columns(page=pl.lit(None, pl.String))]
    if paged:
        parts.append(profile.pages(set(hosts.filter(is_paged)["host"].to_list())).drop("example_url"))
    rows = pl.concat(parts, how="diagonal")
    flagged = [
        verdict is not None and verdict.flagged
        for host, unit, page in rows.select("host", "referring_domain", "page").iter_rows()
        for verdict in (judged.of_page(page, host, unit),)
    ]
    return rows.with_columns(
        _covering(rows, new).alias("new_rule"),
        _covering(rows, old).alias("old_rule"),
        flagged=pl.Series(flagged, dtype=pl.Boolean),
    ).drop("page")


def _is_among(hosts: pl.Series, paged: set[str]) -> pl.Series:
    """Whether a host, in the spelling of the links, is one of which a rule names a page (in ASCII)."""
    spelt = pl.Series(sorted(paged), dtype=pl.String)
    odd = hosts.str.contains(r"[^\x00-\x7f]")  # IDNA refuses it; there are hardly any
    return hosts.is_in(spelt.implode()) | odd


def _covering(rows: pl.DataFrame, rules: Sequence[Rule]) -> pl.Series:
    """The rule that covers each row: one that names its page, else one on its host or above it."""
    names = pl.Series([rule.value for rule in rules if rule.kind == DOMAIN], dtype=pl.String).implode()
    pages = pl.Series([rule.value for rule in rules if rule.kind == URL], dtype=pl.String).implode()
    found = rows.select(
        name=_in_ascii(rows["host"]),
        rule=pl.when(pl.col("page").is_in(pages)).then(pl.col("page")),
    )
    while (found["name"] != "").any():
        here = pl.when(pl.col("name").is_in(names)).then(pl.lit("domain:") + pl.col("name"))
        found = found.with_columns(
            rule=pl.coalesce("rule", here), name=pl.col("name").str.extract(r"^[^.]*\.(.*)$").fill_null("")
        )
    return found["rule"]


def _in_ascii(hosts: pl.Series) -> pl.Series:
    """Hosts as rules spell them; one that cannot be spelt so becomes empty."""
    odd = hosts.filter(hosts.str.contains(r"[^\x00-\x7f]")).unique()
    spelt = pl.Series([hostnames.ascii_name(host) or "" for host in odd.to_list()], dtype=pl.String)
    return hosts.replace(odd, spelt) if len(odd) else hosts


# ---------------------------------------------------------------------- counts


def _with_ratings(covered: pl.DataFrame, profile: Profile, metrics: Sequence[str]) -> pl.DataFrame:
    """Add each tool's rating of the referring domain, and ``credit``."""
    rated = covered.join(
        profile.ratings.select("referring_domain", *metrics),
        on="referring_domain",
        how="left",
        maintain_order="left",
    )
    return rated.with_columns(credit=CREDIT)


def _rules(rated: pl.DataFrame, metrics: Sequence[str], described: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``Losses.rules``."""
    sides = []
    for side in ("new_rule", "old_rule"):
        other = "old_rule" if side == "new_rule" else "new_rule"
        sides.append(
            rated.filter(pl.col(side).is_not_null())
            .group_by(rule=pl.col(side))
            .agg(
                *(pl.col(name).sum() for name in COUNTS),
                referring_domains=pl.col("referring_domain").n_unique().cast(pl.Int64),
                already_covered=pl.col("links").filter(pl.col(other).is_not_null()).sum()
                if side == "new_rule"
                else pl.lit(0, pl.Int64),
                kept_links=pl.col("links").filter(~pl.col("flagged")).sum(),
                **{metric: pl.col(metric).max() for metric in metrics},
            )
        )
    behind = pl.concat(sides)
    table = described.join(behind, on="rule", how="left", maintain_order="left").with_columns(
        pl.col(*COUNTS, "referring_domains", "already_covered", "kept_links").fill_null(0),
        authority=pl.coalesce(metrics) if metrics else pl.lit(None, pl.Float64),
        authority_metric=_metric_shown(metrics),
    )
    return (
        table.with_columns(regret=_regret(metrics))
        .sort("regret", "passing_links", "links", "rule", descending=[True, True, True, False])
        .select(
            *("rule", "status", "referring_domain", "kind", "probability", "referring_domains"),
            *_SHOWN_COUNTS,
            *("already_covered", "kept_links", "authority", "authority_metric", "regret"),
        )
    )


def _metric_shown(metrics: Sequence[str]) -> pl.Expr:
    shown = [pl.when(pl.col(name).is_not_null()).then(pl.lit(RATINGS[name][0])) for name in metrics]
    return pl.coalesce(shown) if shown else pl.lit(None, pl.String)


def _regret(metrics: Sequence[str]) -> pl.Expr:
    """What is to be expected to be lost for nothing: doubt x log2(1 + credit) x (1 + authority / end of its scale)."""
    strength = [pl.col(name) / RATINGS[name][1] for name in metrics]
    share = pl.coalesce([*strength, pl.lit(0.0)]).clip(0, 1)
    reach = CREDIT.log1p() / math.log(2)
    return ((1 - pl.col("probability")).fill_null(0.0) * reach * (1 + share)).round(6)


def _described(
    new: Sequence[PlannedRule], old: Sequence[Rule], dropped: Sequence[PlannedRule]
) -> pl.DataFrame:
    """``rule, status, referring_domain, kind, probability`` of every rule."""
    rows: list[tuple[str, str, str, str, float | None]] = []
    for status, rules in ((NEW, new), (DROPPED, dropped)):
        rows += [(one.rule.text, status, one.unit, one.kind, one.probability) for one in rules]
    rows += [(rule.text, OLD, "", "", None) for rule in old]
    schema = dict.fromkeys(("rule", "status", "referring_domain", "kind"), pl.String)
    return pl.DataFrame(rows, schema={**schema, "probability": pl.Float64}, orient="row")


def _totals(rows: pl.DataFrame, metric: str | None) -> dict[str, dict[str, Any]]:
    """Counts of the profile and of its parts, and the parts' shares of them."""
    weight = pl.col(metric) if metric else pl.lit(None, pl.Float64)
    authority = (pl.col("credit") * weight).sum()
    is_old, is_new = pl.col("old_rule").is_not_null(), (pl.col("status") == NEW).fill_null(value=False)
    parts = {
        "profile": pl.lit(value=True),
        "flagged": pl.col("flagged"),
        "old": is_old,
        "new": is_new & ~is_old,
        "file": is_new | is_old,
        DROPPED: (pl.col("status") == DROPPED).fill_null(value=False) & ~is_old,
        "kept_by_old": is_old & ~pl.col("flagged"),
        "flagged_uncovered": pl.col("flagged") & ~(is_new | is_old),
    }
    totals = {}
    for name, condition in parts.items():
        part = rows.filter(condition)
        counts = part.select(
            pl.col("referring_domain").n_unique().alias("referring_domains"),
            *(pl.col(count).sum() for count in _SHOWN_COUNTS),
            authority.round(6).alias("authority"),
        ).row(0, named=True)
        totals[name] = counts
    whole = totals["profile"]
    for counts in totals.values():
        counts["shares"] = {
            name: round(counts[name] / whole[name], 6) if whole[name] else None
            for name in ("referring_domains", "links", "followed_links", "passing_links", "authority")
        }
    return totals
