"""What reasons quote: the texts, addresses, templates and dates behind a signal's value.

A reason says what was found; here is where it was found. Only what was picked as a reason is looked up, as joins over
columns, so that 300,000 referring domains cost seconds. All that is quoted was written by strangers: see ``quotable``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Final

import polars as pl

from detector.signals.compute import Computed
from detector.signals.registry import Signal, Stage
from detector.signals.sampling import LINKS_PER_DOMAIN

#: So many texts are quoted for one signal, each with so many characters.
MOST_QUOTES: Final = 3
LONGEST_QUOTE: Final = 60
#: Domains that were first seen within so many days are told to have appeared together.
_TOGETHER_DAYS: Final = 92
#: ... if so large a share of those that share a template has a date, and all, or so many of them, lie within.
_DATED = 0.9
_INNER: Final = 0.05, 0.95


def quotable(texts: pl.Series, most: int = LONGEST_QUOTE) -> pl.Series:
    """Strangers' texts as they can stand inside quotation marks in a sentence, in any file and on any terminal.

    Control characters and line ends become blanks; characters that cannot be seen (zero-width, bidirectional
    controls, private use) go; of marks piled on one letter three stay; quotation marks become apostrophes and
    semicolons, which part reasons in the table, commas; what is longer than ``most`` characters ends in an ellipsis.

    Args:
        texts: String.

    Returns:
        String of the same length and name; null where the text is.
    """
    texts = texts.str.slice(0, 5 * most)
    for pattern, by in _UNSEEMLY:
        texts = texts.str.replace_all(pattern, by)
    texts = texts.str.strip_chars(" ")
    cut = texts.str.slice(0, most - 1).str.strip_chars_end(" ") + "…"
    return texts.zip_with((texts.str.len_chars() <= most).fill_null(value=True), cut)


_UNSEEMLY: Final = (
    (r"[\p{Cc}\p{Z}--\x20]", " "),
    (r"\p{C}+", ""),
    (r" {2,}", " "),
    (r"(\p{M}{3})\p{M}+", "${1}"),
    (r'["“”„]', "'"),
    (r";", ","),
)


def _is(name: str) -> Callable[[], pl.Expr]:
    return lambda: pl.col(name).fill_null(value=False)


def _plain() -> pl.Expr:
    """Whether an anchor is the site's name or address alone, or says nothing."""
    return pl.any_horizontal("is_brand", "is_address", "is_own_address", "is_generic")


#: Signal -> which of a domain's texts (or pages) it counts; the most frequent of them are quoted. The same conditions as
#: in the signals' expressions; a test holds the two together.
COUNTED: Final[dict[str, Callable[[], pl.Expr]]] = {
    "anchor_brand_share": _is("is_brand"),
    "anchor_compound_share": lambda: pl.col("has_brand") & ~pl.col("is_brand") & ~pl.col("is_address"),
    "anchor_url_share": lambda: pl.col("is_address") | pl.col("is_own_address"),
    "anchor_generic_share": _is("is_generic"),
    "anchor_money_share": lambda: (pl.col("text") != "") & ~(_plain() | pl.col("has_brand")),
    "anchor_trade_share": _is("trade"),
    "anchor_seller_share": _is("seller"),
    "anchor_contact_share": _is("contact"),
    "anchor_emoji_share": _is("emoji"),
    "anchor_obfuscated_share": _is("obfuscated"),
    "anchor_foreign_share": _is("rare_script"),
    "title_trade_share": _is("trade"),
    "title_seller_share": _is("seller"),
    "title_names_site_share": _is("is_own_address"),
    "title_address_share": _is("is_address"),
    "title_foreign_share": _is("rare_script"),
    "title_odd_share": lambda: pl.col("obfuscated") | pl.col("emoji"),
    "page_names_site_share": _is("names_site"),
    "page_listing_share": _is("is_listing"),
    "page_html_share": _is("is_html"),
    "page_subdomain_share": _is("is_subdomain"),
    "page_trade_share": _is("trade"),
    "page_query_share": _is("has_query"),
}


@dataclass(frozen=True)
class Shared:
    """What other domains of the profile have as well.

    Attributes:
        key: column that is the same in all of them.
        domains: column that counts them.
        which: the texts that the signal looks at.
    """

    key: str
    domains: str
    which: Callable[[], pl.Expr] = lambda: pl.lit(value=True)


#: Signal -> what is shared; quoted is the domain's own text, with what all the domains that share it have in common.
SHARED: Final[dict[str, Shared]] = {
    "anchor_shared_domains": Shared("text", "sharing_domains", lambda: (pl.col("text") != "") & ~_plain()),
    "anchor_template_domains": Shared("template", "template_domains", lambda: (pl.col("words") >= 3) & ~_plain()),
    "title_template_domains": Shared("template", "template_domains", lambda: pl.col("words") >= 3),
    "page_path_domains": Shared("skeleton", "skeleton_domains"),
}  # fmt: skip


@cache
def _read() -> frozenset[str]:
    """The columns of a sample that are read here."""
    conditions = [
        *(counted() for counted in COUNTED.values()),
        *(shared.which() for shared in SHARED.values()),
    ]
    named = {name for condition in conditions for name in condition.meta.root_names()}
    keys = {name for shared in SHARED.values() for name in (shared.key, shared.domains)}
    return frozenset({"referring_domain", "text", "n", "text_score", *named, *keys})


def _day(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%-d %B %Y")


#: Signal -> what the table of domains tells of it.
FACTS: Final[dict[str, pl.Expr]] = {
    "velocity_age": pl.concat_str(pl.lit("on "), _day("first_seen")),
    "velocity_lifetime": pl.when(pl.col("first_seen") < pl.col("last_seen"))
    .then(pl.concat_str(_day("first_seen"), pl.lit(" to "), _day("last_seen")))
    .otherwise(_day("first_seen")),
    "velocity_burst": pl.concat_str(pl.lit("first seen "), _day("first_seen")),
    "velocity_suffix_burst": pl.concat_str(
        pl.lit("."), pl.col("suffix"), pl.lit(", first seen "), _day("first_seen")
    ),
    "network_same_ip": pl.col("ip"),
    "network_same_subnet": pl.col("ip"),
    "network_country_share": pl.col("country").str.to_uppercase(),
    "name_cheap_suffix": pl.concat_str(pl.lit("."), pl.col("suffix")),
}


class Evidence:
    """The evidence of one profile.

    Args:
        computed: its signals, with the samples of texts and pages that they were computed from.
    """

    def __init__(self, computed: Computed) -> None:
        self._computed = computed
        self._lock = Lock()  # several signals ask at once; a sample is made once

    def of(self, signal: Signal, asked: pl.DataFrame) -> pl.DataFrame:
        """What a reason says behind its sentence.

        Args:
            signal: the signal that is the reason.
            asked: ``row`` (of ``Computed.domains``, Int64, without repeats) and ``toxic`` (Boolean: it speaks for spam).

        Returns:
            ``row`` and ``evidence`` (String), at most one row each; none where there is nothing to quote.
        """
        if signal.name in FACTS:
            return self._facts(FACTS[signal.name], asked)
        sample = self._sample(signal.stage)
        if sample is None:
            return _NOTHING
        if signal.name in SHARED:
            return self._shared(SHARED[signal.name], sample, asked)
        if signal.unit == "log odds" and "text_score" in sample.columns:
            return _quoted(_most_telling(sample, asked))
        if signal.name in COUNTED:
            return _quoted(_of_rows(sample, asked).filter(COUNTED[signal.name]()))
        return _NOTHING

    def _facts(self, fact: pl.Expr, asked: pl.DataFrame) -> pl.DataFrame:
        told = quotable(self._computed.domains[asked["row"]].select(fact).to_series())
        return pl.DataFrame({"row": asked["row"], "evidence": " (" + told + ")"}).drop_nulls()

    def _shared(self, shared: Shared, sample: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
        """The domain's text that most others have as well, with how many links they are and when they appeared."""
        own = (
            _of_rows(sample, asked)
            .filter(shared.which() & (pl.col(shared.domains) > 1))
            .sort("row", shared.domains, "text", descending=[False, True, False])
            .unique("row", keep="first", maintain_order=True)
        )
        groups = own.select(shared.key).unique()
        common = sample.join(groups, on=shared.key, how="semi").group_by(shared.key).agg(_common())
        told = own.join(common, on=shared.key, how="left")
        quote = ': "' + quotable(told["text"]) + '"' + told["common"].fill_null("")
        return pl.DataFrame({"row": told["row"], "evidence": quote})

    def _sample(self, stage: Stage) -> pl.DataFrame | None:
        """The sample that a stage's signals are computed from, with ``row``, ``text`` and ``n``; the most frequent first."""
        frames = {"anchor": lambda: self._anchors, "title": lambda: self._titles, "page": lambda: self._pages}
        with self._lock:
            return frames[stage]() if stage in frames else None

    @cached_property
    def _rows(self) -> pl.DataFrame:
        dates = self._computed.domains.select("referring_domain", "first_seen", "links")
        return dates.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))

    @cached_property
    def _anchors(self) -> pl.DataFrame:
        return self._numbered(self._computed.anchors)

    @cached_property
    def _titles(self) -> pl.DataFrame:
        return self._numbered(self._computed.titles)

    @cached_property
    def _pages(self) -> pl.DataFrame:
        # whose page it is stands above the reason; and of how many links the page is the source is not known
        path = pl.col("url").str.replace(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*", "")
        return self._numbered(self._computed.pages.with_columns(text=path, n=None))

    def _numbered(self, sample: pl.DataFrame) -> pl.DataFrame:
        sample = sample.select(name for name in sample.columns if name in _read())
        sample = sample.join(self._rows, on="referring_domain").drop("referring_domain")
        return sample.sort("row", "n", "text", descending=[False, True, False])


_NOTHING: Final = pl.DataFrame(schema={"row": pl.Int64, "evidence": pl.String})


def _of_rows(sample: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    return sample.join(asked, on="row", how="semi", maintain_order="left")


def _most_telling(sample: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """The texts whose words speak for the judgement, the loudest first."""
    speaks = pl.when("toxic").then("text_score").otherwise(-pl.col("text_score"))
    own = sample.join(asked, on="row").with_columns(speaks=speaks)
    return own.filter(pl.col("speaks") > 0).sort("row", "speaks", "text", descending=[False, True, False])


def _quoted(texts: pl.DataFrame) -> pl.DataFrame:
    """The first texts of each row as one quotation."""
    first = texts.select("row", "text").group_by("row", maintain_order=True).head(MOST_QUOTES)
    quotes = first.with_columns(quotable(first["text"]))
    quotes = quotes.filter(pl.col("text") != "").unique(["row", "text"], maintain_order=True)
    quotes = quotes.with_columns(text=pl.concat_str(pl.lit('"'), "text", pl.lit('"')))
    listed = quotes.group_by("row", maintain_order=True).agg(pl.col("text").str.join(", "))
    return listed.select("row", evidence=pl.concat_str(pl.lit(": "), "text"))


def _common() -> pl.Expr:
    """`` (1,140 links in all, first seen within 40 days)`` of the rows of a sample that share something."""
    links = pl.col("n").cast(pl.Int64).sum()
    # of a domain with more links than this only a sample was looked at: then the sum is a lower bound
    whole = pl.col("links") <= LINKS_PER_DOMAIN
    bound = pl.when(whole.all()).then(pl.lit("")).otherwise(pl.lit("at least "))
    counted = pl.concat_str(bound, thousands(links), pl.lit(" links in all"))
    told = pl.when(links > 0).then(counted)
    joined = pl.concat_list(told, _together()).list.drop_nulls().list.join(", ")
    return pl.when(joined != "").then(pl.concat_str(pl.lit(" ("), joined, pl.lit(")"))).alias("common")


def _together() -> pl.Expr:
    """Within how many days the domains appeared; null where that is no short time, or not known."""
    seen = pl.col("first_seen")
    dated = (seen.count() >= _DATED * pl.len()) & (seen.count() > 1)
    low, high = (seen.quantile(q, "nearest") for q in _INNER)
    whole, inner = ((b - a).dt.total_days() + 1 for a, b in ((seen.min(), seen.max()), (low, high)))

    def within(days: pl.Expr, who: str) -> pl.Expr:
        day = pl.when(days == 1).then(pl.lit("on one day")).otherwise(
            pl.concat_str(pl.lit("within "), days.cast(pl.String), pl.lit(" days"))
        )  # fmt: skip
        return pl.concat_str(pl.lit(who), day)

    return (
        pl.when(dated & (whole <= _TOGETHER_DAYS))
        .then(within(whole, "all of these domains first seen "))
        .when(dated & (inner <= _TOGETHER_DAYS))
        .then(within(inner, "nine in ten of these domains first seen "))
    )


def thousands(number: pl.Expr) -> pl.Expr:
    """1234567 -> 1,234,567 (String)."""
    text = number.cast(pl.Int64).cast(pl.String)
    reverse = text.str.reverse().str.replace_all(r"(\d{3})", "$1,").str.strip_suffix(",")
    return reverse.str.reverse()
