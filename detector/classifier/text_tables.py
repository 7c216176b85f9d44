"""The texts of the training table as numbers: which hashed parts each holds, who uses it, and what the collections say.

A text becomes the bag of its features (see ``signals.wording``), and only of those that stand with several referring domains or
in several texts of collections, so that no feature stands for a single site; the order of the words is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from detector.classifier.collections import MADE
from detector.classifier.languages import languages
from detector.classifier.words import (
    Documents,
    cross_fitted_scores,
    feature_matrix,
    fit_weights,
    trait_matrix,
)
from detector.signals.wording import BITS, TextWeights, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A feature must stand with so many referring domains or texts of collections.
SEEN_WITH: Final = 5
#: What all texts of domains weigh against the collections, whose worths stand in ``collections``.
_WORTH_OF_DOMAINS: Final = 12.0
#: Collections in which both labels stand: how often one of their texts is spam is explained away.
_TWO_SIDED: Final = ("gambling_comments", "video_comments", "chinese_terms")
#: Where a text stands -> the signals that its readings become, with how they do.
_MEANS: Final = {"anchor": "anchor_words", "title": "title_words", "page": "page_words"}
_HIGHEST: Final = {"anchor": "anchor_words_max", "title": "title_words_max"}


@dataclass(frozen=True)
class TextTables:
    """Everything the text weights are learnt from.

    Attributes:
        texts: row number is the text's number: ``features`` (List(UInt32)), ``size`` (UInt16, number of all its features) and
            ``language`` (String).
        uses: ``document`` (UInt32, row of the training table), ``place`` (anchor, title or page), ``text`` (UInt32) and ``share``
            (Float32, of the place's links).
        collected: ``text`` (UInt32), ``label`` (Int8), ``collection`` (String) and ``weight`` (Float32).
    """

    texts: pl.DataFrame
    uses: pl.DataFrame
    collected: pl.DataFrame

    def weights(self, rows: pl.DataFrame) -> TextWeights:
        """The weights, fitted on everything; ``rows``: the training table with ``label, weight, fold``."""
        return fit_weights(self._documents(rows))

    def signals(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The text signals of the rows, read by weights that saw nothing of their fold; null where a row has no such text."""
        documents = self._documents(rows)
        used = self.uses.height
        fold = documents.fold[:used]
        readings = self.uses.with_columns(
            reading=pl.Series(cross_fitted_scores(documents, documents.matrix[:used], fold))
        ).filter(pl.Series(self.texts["size"].gather(self.uses["text"]) > 0))
        mean = (pl.col("reading") * pl.col("share")).sum() / pl.col("share").sum()
        signals = pl.DataFrame({"document": np.arange(rows.height, dtype=np.uint32)})
        for place in _MEANS:
            values = [mean.alias(_MEANS[place])]
            values += [pl.col("reading").max().alias(_HIGHEST[place])] if place in _HIGHEST else []
            told = (
                readings.filter(place=place)
                .sort("document", "text")
                .group_by("document", maintain_order=True)
            )
            signals = signals.join(told.agg(values), on="document", how="left", maintain_order="left")
        return signals.drop("document")

    def _documents(self, rows: pl.DataFrame) -> Documents:
        """The uses, then the collected texts, as labelled documents; a row's weight is divided among its texts of a place."""
        at = self.uses["document"]
        shared = (
            pl.Series(rows["weight"].gather(at))
            / self.uses.select(pl.len().over("document", "place")).to_series()
        )
        of_uses, of_collected = shared.to_numpy(), self.collected["weight"].cast(pl.Float64).to_numpy()
        of_uses = of_uses * (_WORTH_OF_DOMAINS / max(of_uses.sum(), 1e-9))
        weight = np.concatenate([of_uses, of_collected])
        text = pl.concat([self.uses["text"], self.collected["text"]])
        fold = np.concatenate([rows["fold"].gather(at).to_numpy(), np.full(self.collected.height, -1)])
        kind = pl.concat([self.uses["place"], self._two_sided()])
        return Documents(
            feature_matrix(self.texts["features"], self.texts["size"])[text.to_numpy()],
            np.concatenate([rows["label"].gather(at).to_numpy(), self.collected["label"].to_numpy()]).astype(
                np.int8
            ),
            weight * (len(weight) / max(weight.sum(), 1e-9)),
            fold.astype(np.int8),
            trait_matrix(self._languages(text), kind),
        )

    def _languages(self, text: pl.Series) -> pl.Series:
        """The language of each document, to be explained away; not that of made texts, where it says nothing already."""
        made = pl.concat(
            [pl.repeat(False, self.uses.height, eager=True), self.collected["collection"] == MADE]
        )
        table = pl.DataFrame({"language": self.texts["language"].gather(text), "made": made})
        return table.select(pl.when(~pl.col("made")).then("language")).to_series()

    def _two_sided(self) -> pl.Series:
        name = pl.col("collection")
        return self.collected.select(pl.when(name.is_in(_TWO_SIDED)).then(name)).to_series()


def text_tables(uses: pl.DataFrame, collected: pl.DataFrame) -> TextTables:
    """Number the texts.

    Args:
        uses: ``document, place, norm, share`` and ``domain`` (any identifier of the referring domain).
        collected: ``norm, label, collection, weight``.
    """
    norms = pl.concat([uses["norm"], collected["norm"]]).unique().sort()
    number = pl.DataFrame({"norm": norms}).with_row_index("text")
    uses = uses.join(number, on="norm", maintain_order="left")
    collected = collected.select("norm", "label", "collection", "weight").join(
        number, on="norm", maintain_order="left"
    )
    row, feature = Words.of(norms).features()
    size = np.bincount(row, minlength=len(norms))
    common = _common(row, feature, uses, collected)[feature]
    bags = pl.DataFrame({"text": row[common], "feature": feature[common]}).sort("text", "feature")
    bags = bags.group_by("text", maintain_order=True).agg(features="feature")
    texts = number.with_columns(pl.col("text").cast(pl.Int64)).join(
        bags, on="text", how="left", maintain_order="left"
    )
    return TextTables(
        texts.select(
            pl.col("features").fill_null(pl.lit([], pl.List(pl.UInt32))),
            size=pl.Series(size, dtype=pl.UInt16),
            language=languages(norms),
        ),
        uses.select("document", "place", "text", pl.col("share").cast(pl.Float32)).sort(
            "document", "place", "text"
        ),
        collected.select("text", "label", "collection", pl.col("weight").cast(pl.Float32)),
    )


def _common(
    row: NDArray[np.int64], feature: NDArray[np.uint32], uses: pl.DataFrame, collected: pl.DataFrame
) -> NDArray[np.bool_]:
    """Which features stand with ``SEEN_WITH`` domains or collected texts (Boolean, shape ``(2 ** BITS,)``)."""
    owners = pl.concat(
        [
            uses.select("text", owner=pl.col("domain").rank("dense").cast(pl.Int64)).unique(),
            collected.select("text", owner=-pl.int_range(1, pl.len() + 1, dtype=pl.Int64)),
        ]
    )
    held = pl.DataFrame({"text": row.astype(np.uint32), "feature": feature}).unique()
    seen = np.zeros(1 << BITS, dtype=np.int64)
    for part in range(16):  # a sixteenth of the features at a time, which bounds the memory
        owned = held.filter(pl.col("feature") % 16 == part).join(owners, on="text")
        counts = owned.group_by("feature").agg(pl.col("owner").n_unique())
        seen[counts["feature"].to_numpy()] = counts["owner"].to_numpy()
    return seen >= SEEN_WITH
