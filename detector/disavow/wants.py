"""What a disavow file should cover, and what it must not, by the verdicts on the known links."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import polars as pl

from detector.disavow.budget import UNTOLD, benefit
from detector.disavow.cover import nearest_above
from detector.disavow.judged import Judged, Verdict
from detector.disavow.planned import LeftOut, PlannedRule
from detector.disavow.profile import CREDIT, Profile
from detector.disavow.rules import DOMAIN, URL, Rule, RuleSet
from detector.guards import Guards
from detector.links import hostnames


class _Stake(NamedTuple):
    """Links, those of them that may be followed, and the credit that they pass."""

    links: int = 0
    followed: int = 0
    credit: float = 0.0


class _Links(NamedTuple):
    """The links of one host and referring domain, and the verdict on them (on single pages there may be others)."""

    host: str
    unit: str
    stake: _Stake
    verdict: Verdict | None

    @property
    def flagged(self) -> bool:
        return self.verdict is not None and self.verdict.flagged


class Wants:
    """What is to be covered, and what must not be.

    Args:
        judged: the verdicts.
        profile: every known link.
        guards: what must never stand in the file.
        former: the rules in force; what they cover is wanted no more.

    Attributes:
        open: what is wanted and no former rule covers, each once: hosts that were judged as a whole, and pages.
        tops: of each of them the widest host that may be named for it.
        covered: what is wanted and a former rule covers.
        kept: hosts (in ASCII) at which something is kept.
        left_out: what is wanted and can be no rule.
    """

    def __init__(self, judged: Judged, profile: Profile, guards: Guards, former: RuleSet) -> None:
        self._judged, self._profile, self._guards, self._former = judged, profile, guards, former
        self.open: list[PlannedRule] = []
        self.tops: list[str] = []
        self.covered: list[PlannedRule] = []
        self.left_out: list[LeftOut] = []
        self.kept: set[str] = set()
        self._rules: set[Rule] = set()  # of ``open`` and ``covered``
        self._reached: set[str] = set()  # verdicts of which a page was seen

        links = _links_by_host(judged, profile)
        self._add_hosts(links)
        # Where single pages are judged, only the pages tell whether something is kept at the host; elsewhere the
        # pages are looked at only where no rule can stand for the whole.
        listed = {_host_of(page) for page in judged.pages}
        self._keep_all({_host_of(page) for page, verdict in judged.pages.items() if not verdict.flagged})
        self._keep_all({row.host for row in links if not row.flagged and row.host not in listed})
        self._add_pages(listed)
        self._add_pages(self._not_covered_whole(links) - listed)
        self._add_unseen()

    def may_stand(self, host: str) -> bool:
        """Whether ``domain:`` and this host may be written: no IPv6 address, and no guard forbids it."""
        return not host.startswith("[") and self._guards.reason(host) is None

    # ------------------------------------------------------------------ hosts

    def _add_hosts(self, links: list[_Links]) -> None:
        """Want every host that was judged toxic as a whole; keep the others that are named."""
        behind: dict[str, list[_Stake]] = defaultdict(list)
        for row in links:
            if row.verdict is not None:
                behind[row.verdict.name].append(row.stake)
        for verdict in self._judged.all:
            host = verdict.host
            if host is None:
                if verdict.flagged and not verdict.is_page:
                    self.left_out.append(LeftOut(verdict.name, "it is no host that a rule could be about"))
            elif not verdict.flagged:
                self.kept.update([host, f"www.{host}"])  # a rule on www. would be one on the whole site
            elif not verdict.is_path:
                stakes = behind.get(verdict.name, [])
                stake = _Stake(*(sum(parts) for parts in zip(*stakes, strict=True))) if stakes else _Stake()
                self._want(Rule(DOMAIN, host), host, verdict.name, verdict, stake)

    def _keep_all(self, hosts: set[str]) -> None:
        self.kept.update(name for host in hosts if (name := hostnames.ascii_name(host)) is not None)

    def _not_covered_whole(self, links: list[_Links]) -> set[str]:
        """Hosts with flagged links for which no rule on a host that was judged as a whole can stand."""
        judged = {want.rule.value for want in self.open if want.rule.kind == DOMAIN}
        for host in self.kept:
            above: str | None = host if host in judged else nearest_above(host, judged)
            while above is not None:
                judged.discard(above)
                above = nearest_above(above, judged)
        whole = RuleSet(Rule(DOMAIN, host) for host in judged if self.may_stand(host))

        def is_covered(host: str) -> bool:
            name = hostnames.ascii_name(host)
            return name is not None and bool(whole.covers_host(name) or self._former.covers_host(name))

        return {row.host for row in links if row.flagged and not is_covered(row.host)}

    # ------------------------------------------------------------------ pages

    def _add_pages(self, hosts: set[str]) -> None:
        """Want the flagged pages of some hosts, keep the hosts of the others."""
        if not hosts:
            return
        columns = ["host", "referring_domain", "page", "example_url", "links", "followed_links", "credit"]
        pages = self._profile.pages(hosts).with_columns(credit=CREDIT).select(columns)
        rows = [(*row, self._judged.of_page(row[2], row[0], row[1])) for row in pages.iter_rows()]
        kept = {page for _, _, page, *_, verdict in rows if verdict is None or not verdict.flagged} - {None}
        for host, unit, page, example, links, followed, credit, verdict in rows:
            if verdict is None or not verdict.flagged or page in kept:
                self._keep_all({host})
            elif page is not None:
                self._add_page(Rule(URL, page), unit, verdict, _Stake(links, followed, credit))
            elif example is not None:
                self._reached.add(verdict.name)
                self.left_out.append(LeftOut(example, "it is no absolute http(s) URL"))

    def _add_page(self, page: Rule, unit: str, verdict: Verdict, stake: _Stake) -> None:
        self._reached.add(verdict.name)
        code = self._guards.reason(page.value)
        if code is not None:
            self.left_out.append(LeftOut(page.value, f"a guard forbids it ({self._guards.words(code)})"))
            return
        # Where there is no host to name, a line covers this page and nothing else: without credit it would do nothing.
        nameless = verdict.is_path or (verdict.host or "").startswith("[")
        if nameless and stake.links and not stake.credit and not self._former.covers(page):
            self.left_out.append(
                LeftOut(page.value, "every known link on it is nofollow, ugc, sponsored or gone")
            )
            return
        self._want(page, hostnames.ascii_name(unit.partition("/")[0]) or "", unit, verdict, stake)

    def _add_unseen(self) -> None:
        """Want pages that a verdict names and no known link is on; say of which tenant no page is known."""
        for page, verdict in self._judged.pages.items():
            if verdict.flagged and verdict.name not in self._reached:
                unit = self._guards.domains.referring_domain(page.value) or verdict.name
                self._add_page(page, unit, verdict, _Stake())
        why = "only pages can be disavowed there, and the exports name none that links"
        self.left_out += [
            LeftOut(verdict.name, why)
            for verdict in self._judged.all
            if verdict.flagged and verdict.is_path and verdict.host and verdict.name not in self._reached
        ]

    # ------------------------------------------------------------------ both

    def _want(self, rule: Rule, top: str, unit: str, verdict: Verdict, stake: _Stake) -> None:
        if rule in self._rules:
            return
        self._rules.add(rule)
        want = PlannedRule(
            rule,
            unit,
            verdict.kind,
            verdict.probability,
            verdict.reasons,
            links=stake.links,
            followed=stake.followed,
            benefit=benefit(verdict.certainty, stake.credit if stake.links else UNTOLD),
        )
        if self._former.covers(rule):
            self.covered.append(want)
        else:
            self.open.append(want)
            self.tops.append(top)


def _host_of(page: Rule) -> str:
    return hostnames.of_text(page.value) or ""


def _links_by_host(judged: Judged, profile: Profile) -> list[_Links]:
    flagged = [verdict.host for verdict in judged.all if verdict.flagged and verdict.host]
    pages = [_host_of(page) for page in judged.pages]
    near = profile.hosts_near([*flagged, *pages])
    counts = near.filter(pl.col("links") > 0).with_columns(credit=CREDIT)
    columns = ["host", "referring_domain", "links", "followed_links", "credit"]
    return [
        _Links(host, unit, _Stake(*stake), judged.of_host(host, unit))
        for host, unit, *stake in counts.select(columns).iter_rows()
    ]
