"""The links that are known of a site, from exports or from the folder of an audit; which rules cover them.

What is absent here may exist all the same: exports are samples, and Google knows links that no tool shows.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

from detector.disavow.rules import DOMAIN, Rule, url_rule
from detector.errors import DetectorError, InputError
from detector.links import hostnames
from detector.links.domains import Domains
from detector.links.edited import NEEDED, edited_table
from detector.links.merging import store_links
from detector.links.reading import read
from detector.links.schema import LINK_SCHEMA
from detector.signals.facts import is_dead, is_qualified

#: Columns of known links, each with its type. A null in ``followed`` or ``live``: no export says.
KNOWN_LINK: Final[dict[str, pl.DataType]] = {
    "source_url": pl.String(),  # the linking page; null where an export names the domain only
    "source_host": pl.String(),  # canonical
    "referring_domain": pl.String(),  # the unit that is judged: registrable domain or tenant
    "followed": pl.Boolean(),  # neither nofollow nor ugc nor sponsored
    "live": pl.Boolean(),  # neither lost by a tool nor on a page that answered 404 or 410
}

#: What is taken over from the verdicts of an audit.
VERDICT: Final = {
    "referring_domain": pl.String, "verdict": pl.String, "kind": pl.String, "probability": pl.Float64,
    "reasons": pl.String, "tier": pl.String,
}  # fmt: skip

_LINKS_FILE: Final = "links.parquet"
_VERDICTS_FILE: Final = "referring-domains.csv"
_BATCH: Final = 200_000


@dataclass(frozen=True)
class KnownLinks:
    """Known links.

    Attributes:
        links: one row a link, or a domain that is known by name only (``KNOWN_LINK``).
        records: the same with everything that is known of them (``LINK_SCHEMA``).
        verdicts: one row a referring domain (``VERDICT``); None without an audit.
    """

    links: pl.LazyFrame
    records: pl.LazyFrame
    verdicts: pl.DataFrame | None = None


@contextmanager
def known_links(paths: Sequence[Path], domains: Domains) -> Iterator[KnownLinks]:
    """Read exports and folders of audits; what is read lasts as long as the context.

    Args:
        paths: exports of any tool, in any mix, and folders that ``detector audit`` wrote.
        domains: for referring domains.

    Raises:
        InputError: one of them cannot be read to its end. Nothing is passed over: a link that goes unread would
            make a rule look needless.
        DetectorError: there is no link in them.
    """
    audits = [path for path in paths if path.is_dir()]
    exports = [path for path in paths if not path.is_dir()]
    for folder in audits:
        _check_audit(folder)
    verdicts = _verdicts(audits)
    with tempfile.TemporaryDirectory(prefix="detector-") as drafts:
        if audits and len(paths) == 1:
            stored = audits[0] / _LINKS_FILE
        else:
            stored = Path(drafts, _LINKS_FILE)
            told = chain.from_iterable(_batches(folder / _LINKS_FILE) for folder in audits)
            batches = read(exports, domains=domains, keep_going=False).batches()
            store_links(chain(told, batches), stored, one_file=len(paths) == 1)
        is_known = pl.col("record_type").is_in(["link", "domain"]) & pl.col("source_host").is_not_null()
        records = pl.scan_parquet(stored).filter(is_known)
        links = _known(records)
        if not links.select(pl.len()).collect().item():
            names = ", ".join(map(str, paths))
            raise DetectorError(f"{names}: no link and no referring domain is named there.")
        yield KnownLinks(links, records, verdicts)


def _check_audit(folder: Path) -> None:
    """Raise unless a folder is one that an audit wrote."""
    path = folder / _LINKS_FILE
    if not path.is_file():
        raise InputError(
            folder,
            f"it is a folder, and no audit's: there is no {_LINKS_FILE} in it",
            "name the folder that 'detector audit --out' wrote, or the exports themselves",
        )
    try:
        schema = pl.scan_parquet(path).collect_schema()
    except (PolarsError, OSError) as error:
        raise InputError(path, "it cannot be read as a Parquet file", "run the audit again") from error
    if any(schema.get(name) != kind for name, kind in LINK_SCHEMA.items()):
        raise InputError(path, "it is not the links of an audit", "run the audit again")


def _verdicts(audits: Sequence[Path]) -> pl.DataFrame | None:
    """The verdicts of audits; of a domain that several judged, the first one's."""
    paths = [path for folder in audits if (path := folder / _VERDICTS_FILE).is_file()]
    tables = [edited_table(path, VERDICT, (*NEEDED, "tier")) for path in paths]
    return pl.concat(tables).unique("referring_domain", keep="first") if tables else None


def _batches(path: Path) -> Iterator[pl.DataFrame]:
    """The links of an audit, to be merged with those of others."""
    rows = pl.scan_parquet(path)
    for start in range(0, rows.select(pl.len()).collect().item(), _BATCH):
        yield rows.slice(start, _BATCH).drop("other_scores").collect()


def _known(records: pl.LazyFrame) -> pl.LazyFrame:
    is_link = pl.col("record_type") == "link"
    return records.with_columns(
        source_url=pl.when(is_link).then(pl.col("source_url")),
        followed=pl.when(is_link).then(~is_qualified()),
        live=pl.when(is_link).then(~is_dead()),
    ).select(list(KNOWN_LINK))


# ---------------------------------------------------------------------- which rules cover them

NumberedRule = tuple[int, Rule]


def matches(links: pl.LazyFrame, rules: Iterable[NumberedRule]) -> pl.LazyFrame:
    """Every pair of a known link and a line that covers it, as ``RuleSet.covers_url`` would have it.

    Args:
        links: with ``source_url`` and ``source_host``, as in ``KNOWN_LINK``.
        rules: line numbers and rules.

    Returns:
        The columns of ``links``, and ``line`` (Int64). A link stands there once for each line that covers it;
        a domain that is known by name only is matched by domain rules alone.
    """
    of_host: dict[str, list[int]] = defaultdict(list)
    of_url: dict[str, list[int]] = defaultdict(list)
    for number, rule in rules:
        (of_host if rule.kind == DOMAIN else of_url)[rule.value].append(number)
    parts = [links.join(_lines_of_hosts(links, of_host).lazy(), on="source_host")]
    if of_url:
        parts.append(links.join(_lines_of_pages(links, of_url).lazy(), on="source_url"))
    return pl.concat(parts)


def _lines_of_hosts(links: pl.LazyFrame, of_host: dict[str, list[int]]) -> pl.DataFrame:
    """``source_host`` and ``line`` of every known host and domain rule at or above it."""
    hosts = links.select("source_host").unique().collect(engine="streaming")["source_host"].to_list()
    pairs = [
        (host, line)
        for host in hosts
        for name in names_above(hostnames.ascii_name(host) or "")
        for line in of_host.get(name, ())
    ]
    return pl.DataFrame(pairs, {"source_host": pl.String, "line": pl.Int64}, orient="row")


def names_above(host: str) -> Iterator[str]:
    """A canonical host and the names above it; of an address only itself."""
    yield host
    while not hostnames.is_ip(host) and (host := host.partition(".")[2]):
        yield host


def _lines_of_pages(links: pl.LazyFrame, of_url: dict[str, list[int]]) -> pl.DataFrame:
    """``source_url`` and ``line`` of every known page and the URL rules that name it.

    Only the pages of hosts that a URL rule names are put into canonical form.
    """
    hosts = sorted({hostnames.of_text(url) or "" for url in of_url})
    may_be_named = pl.col("source_host").is_in(hosts) | pl.col("source_host").str.contains(r"[^\x00-\x7f]")
    pages = links.filter(pl.col("source_url").is_not_null(), may_be_named).select("source_url").unique()
    pairs = [
        (url, line)
        for url in pages.collect(engine="streaming")["source_url"].to_list()
        if (rule := url_rule(url))
        for line in of_url.get(rule.value, ())
    ]
    return pl.DataFrame(pairs, {"source_url": pl.String, "line": pl.Int64}, orient="row")
