"""The plots of the model card, as SVG: calibration of each tier of evidence, and what is found at what price."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from detector.errors import DetectorError

#: File name -> what it draws; each takes axes and the figures of ``evaluation.evaluate``.
CALIBRATION, RECALL = "calibration.svg", "recall.svg"
_SIZE: Final = (6.0, 4.5)  # inches


def write_plots(folder: Path, tiers: dict[str, Any]) -> None:
    """Write the plots into a folder, each beside its place first.

    Args:
        tiers: tier -> figures with ``reliability`` and ``roc`` (pairs of false-positive rate and recall).

    Raises:
        DetectorError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise DetectorError(
            "The plots of the model card need matplotlib: pip install 'toxic-link-detector[plots]'"
        ) from error
    # the same bytes for the same figures
    mpl.rcParams.update({"svg.hashsalt": "detector", "svg.fonttype": "none", "font.size": 9})
    drawings: dict[str, Callable[[Any, dict[str, Any]], None]] = {CALIBRATION: _calibration, RECALL: _recall}
    for name, draw in drawings.items():
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.subplots()
        draw(axes, tiers)
        axes.grid(visible=True, alpha=0.3)
        axes.legend(frameon=False)
        draft = folder / (name + ".draft")
        figure.savefig(draft, format="svg", metadata={"Date": None})
        draft.replace(folder / name)


def _calibration(axes: Any, tiers: dict[str, Any]) -> None:
    axes.plot([0, 1], [0, 1], color="0.6", linestyle=":", label="as it should be")
    for name, figures in tiers.items():
        told, true, _ = zip(*figures["reliability"], strict=True)
        axes.plot(told, true, marker="o", markersize=3, label=f"{name} (ECE {figures['ece']:.3f})")
    axes.set(
        xlabel="probability that was told", ylabel="share that is toxic", title="Calibration, out of fold"
    )


def _recall(axes: Any, tiers: dict[str, Any]) -> None:
    for name, figures in tiers.items():
        rate, recall = zip(*figures["roc"], strict=True)
        axes.plot(rate, recall, drawstyle="steps-post", label=f"{name} (AUC {figures['auc']:.3f})")
    axes.set_xscale("log")
    axes.set(
        xlim=(5e-4, 1), ylim=(0, 1.02), title="What is found, and at what price, out of fold",
        xlabel="share of ordinary domains above the threshold", ylabel="share of toxic domains above it",
    )  # fmt: skip
