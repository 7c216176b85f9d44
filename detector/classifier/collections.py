"""Collections of spam texts and of ordinary texts, from the raw data: what domains' lists hardly hold.

Texts are used for learning only; none is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import polars as pl

from detector.classifier.labels import raw_folder
from detector.classifier.languages import languages
from detector.classifier.made_texts import made_texts

#: The collection of ``made_texts``, whose spam and ordinary texts weigh the same in each language.
MADE: Final = "made"
#: Of a collection and label so many texts are taken, and no longer ones than this.
TEXTS_EACH: Final = 6000
LONGEST: Final = 160
#: Files of comments -> columns of the text and of its label.
_COMMENTS: Final = {
    "huggingface/indonesian-gambling-words/test.csv": ("text", "label"),
    "huggingface/online_gambling_yt_comments/train.csv": ("text", "label"),
    "kaggle/deteksi-judi-online/youtube_chat_jogja_clean.csv": ("message", "label"),
    "kaggle/gambling-comments-from-youtube-platform/rawdata.csv": ("Comments", "Label"),
    "kaggle/judionline/data_komentar_dengan_prediksi - data_komentar_dengan_prediksi(2).csv": (
        "komentar",
        "label",
    ),
}
#: A Chinese term is spam if pages of spam hold it this many times as often, ordinary if they hold it hardly ever.
_SPAM_ODDS, _SPAM_PAGES, _HONEST_PAGES = 15.0, 5, 30

#: Marks of Markdown around a line or a link.
_MARKS: Final = "".join(("#", " ", "*", "-", "\t"))
_PARTS: Final = re.compile(r"[|>]|\]\([^)]*\)|\[|\. ")

Text = tuple[str, int]


def collections(raw: Path, ordinary: pl.Series) -> pl.DataFrame:
    """Every collection, and the texts that ``made_texts`` makes.

    Args:
        ordinary: further ordinary titles and anchors, for those to be set into.

    Returns:
        ``text`` (String), ``label`` (Int8: 1 spam), ``collection`` (String) and ``weight`` (Float64; the sum over a label of a
        collection is its worth, whatever its size), without repeats within a collection.
    """
    folder = raw_folder(raw)
    tables = []
    for name, (worth, texts) in _COLLECTIONS.items():
        table = pl.DataFrame(
            sorted(set(texts(folder))), schema={"text": pl.String, "label": pl.Int8}, orient="row"
        )
        table = table.filter(pl.col("text").str.len_chars().is_between(2, LONGEST))
        table = pl.concat(_some(table.filter(label=label)) for label in (0, 1))
        share = worth / pl.len().over("label")
        tables.append(table.with_columns(collection=pl.lit(name), weight=share))
    found = pl.concat(tables)
    hosts = pl.concat(
        [ordinary, found.filter((pl.col("label") == 0) & ~pl.col("collection").is_in(_COMMENTS_ALL))["text"]]
    )
    made = made_texts(pl.DataFrame({"text": hosts, "language": languages(hosts.str.to_lowercase())}))
    weight = _WORTH_OF_MADE * pl.col("weight") / pl.col("weight").filter(pl.col("label") == 1).sum()
    return pl.concat([found, made.select("text", "label", pl.lit(MADE).alias("collection"), weight=weight)])


def _some(table: pl.DataFrame) -> pl.DataFrame:
    """An even sample that does not depend on the order of a file."""
    key = pl.col("text").map_elements(
        lambda text: hashlib.sha256(text.encode()).hexdigest(), return_dtype=pl.String
    )
    return table.with_columns(key=key).sort("key").head(TEXTS_EACH).drop("key")


def _phrases(folder: Path) -> Iterable[Text]:
    """Phrases of comment spam that administrators collected."""
    lines = _lines(folder / "anchors/splorp/blacklist.txt")
    return ((line, 1) for line in lines if " " in line and len(line) > 8)


def _comments(folder: Path) -> Iterable[Text]:
    """Comments under videos, advertising gambling or not; most are Indonesian, many spelt to fool filters."""
    for file, (text, label) in _COMMENTS.items():
        table = pl.read_csv(
            folder / "anchors/id_gambling_comments" / file,
            infer_schema=False, truncate_ragged_lines=True, ignore_errors=True,
        )  # fmt: skip
        for row in table.select(text, label).drop_nulls().iter_rows():
            if row[1] in ("0", "1"):
                yield re.sub(r":[a-z_]+:", " ", row[0]), int(row[1])


def _video_comments(folder: Path) -> Iterable[Text]:
    """Comments under five videos, spam or not (English)."""
    for file in sorted((folder / "anchors/youtube_spam").glob("*.csv")):
        table = pl.read_csv(file, infer_schema=False, encoding="utf8-lossy")
        yield from (
            (text, int(label)) for text, label in table.select("CONTENT", "CLASS").drop_nulls().iter_rows()
        )


def _chinese_terms(folder: Path) -> Iterable[Text]:
    """Chinese terms with how often pages of spam and ordinary pages hold them."""
    for line in _lines(folder / "anchors/zh_spam_dict/text_odds_ratio.txt"):
        parts = line.split()
        if len(parts) == 4:
            term, spam, honest, odds = parts[0], int(parts[1]), int(parts[2]), float(parts[3])
            if spam >= _SPAM_PAGES and odds >= _SPAM_ODDS:
                yield term, 1
            elif honest >= _HONEST_PAGES and odds < 1:
                yield term, 0


def _parasite_pages(folder: Path) -> Iterable[Text]:
    """Lines and link texts of pages that spammers put on a code host."""
    for file in sorted((folder / "html/seo_spam_github").glob("*.md")):
        parts = (part.strip(_MARKS) for line in _lines(file) for part in _PARTS.split(line))
        yield from ((part, 1) for part in parts if len(part) > 3)


def _editorial(folder: Path) -> Iterable[Text]:
    """Anchors that people set in lists of good links."""
    return _ordinary(pl.read_parquet(folder / "anchors/awesome_links/awesome_links.parquet")["anchor"])


def _page_anchors(folder: Path) -> Iterable[Text]:
    """Anchors of ordinary pages."""
    return _ordinary(pl.read_parquet(folder / "anchors/html_anchors/benign_html_anchors.parquet")["anchor"])


def _titles(*sources: str) -> Callable[[Path], Iterable[Text]]:
    """Titles and names of ordinary sites, of the sources named."""

    def texts(folder: Path) -> Iterable[Text]:
        table = pl.read_parquet(folder / "anchors/benign_titles/benign_titles.parquet")
        return _ordinary(table.filter(pl.col("source").is_in(sources))["text"])

    return texts


def _ordinary(texts: pl.Series) -> Iterable[Text]:
    return ((text.strip(), 0) for text in texts.drop_nulls())


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


#: Collection -> (worth against the other collections, its texts).
_COLLECTIONS: Final[dict[str, tuple[float, Callable[[Path], Iterable[Text]]]]] = {
    "comment_phrases": (0.3, _phrases),
    "gambling_comments": (1.0, _comments),
    "video_comments": (0.1, _video_comments),
    "chinese_terms": (0.5, _chinese_terms),
    "parasite_pages": (0.2, _parasite_pages),
    "editorial_anchors": (1.0, _editorial),
    "page_anchors": (1.0, _page_anchors),
    "submitted_titles": (1.0, _titles("hn2016_en")),
    "japanese_titles": (0.5, _titles("jser_ja")),
    "site_names": (0.5, _titles("universities", "chinese_blogs_zh", "rss_feeds")),
}
_WORTH_OF_MADE: Final = 7.0
#: Collections whose ordinary texts are no titles to set a phrase into.
_COMMENTS_ALL: Final = ("gambling_comments", "video_comments", "chinese_terms")
