"""How good were stated probabilities: order, sharpness and honesty.

AUC (Mann and Whitney 1947) asks only for the order; Brier and log loss for both; ECE compares
what was said with what happened in groups of equal size (Naeini et al. 2015). A low ECE alone
proves little: saying the base rate to everybody has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.stats.arrays import Flags, Floats

CLIP = 1e-4  # a stated 0 or 1 that fails would cost infinitely much


def auc(happened: Flags, stated: Floats) -> float:
    """Chance that something that happened was given more than something that did not."""
    order = np.argsort(stated, kind="stable")
    _, first, size = np.unique(stated[order], return_index=True, return_counts=True)
    ranks = np.repeat(first + (size + 1) / 2, size)
    hits = happened[order]
    n_hit = int(hits.sum())
    n_miss = len(hits) - n_hit
    if not n_hit or not n_miss:
        return float("nan")
    return float((ranks[hits].sum() - n_hit * (n_hit + 1) / 2) / (n_hit * n_miss))


def brier(happened: Flags, stated: Floats) -> float:
    """Mean squared distance of what was said from what happened."""
    return float(np.mean((stated - happened) ** 2))


def log_loss(happened: Flags, stated: Floats) -> float:
    """Mean surprise, in nats."""
    safe = np.clip(stated, CLIP, 1 - CLIP)
    return float(-np.mean(np.where(happened, np.log(safe), np.log1p(-safe))))


def ece(happened: Flags, stated: Floats, bins: int = 15) -> float:
    """Mean distance of said and happened over groups of equal size, from least to most likely."""
    groups = np.array_split(np.argsort(stated, kind="stable"), bins)
    gaps = [len(g) * abs(happened[g].mean() - stated[g].mean()) for g in groups if len(g)]
    return float(sum(gaps) / len(stated))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one set of statements.

    Attributes:
        n: statements.
        base: share that happened.
        auc: area under the curve, nan when all or none happened.
        brier: Brier score.
        log_loss: mean surprise in nats.
        ece: expected calibration error over 15 groups of equal size.
    """

    n: int
    base: float
    auc: float
    brier: float
    log_loss: float
    ece: float


def figures(happened: Flags, stated: Floats) -> Figures:
    """All figures at once; of nothing, all are nan."""
    if not len(stated):
        nan = float("nan")
        return Figures(n=0, base=nan, auc=nan, brier=nan, log_loss=nan, ece=nan)
    return Figures(
        n=len(stated),
        base=float(happened.mean()),
        auc=auc(happened, stated),
        brier=brier(happened, stated),
        log_loss=log_loss(happened, stated),
        ece=ece(happened, stated),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBand:
    """What was said within one band, and what came of it.

    Attributes:
        low: lower end of the band, included.
        high: upper end, excluded except at 1.
        n: statements in it.
        said: their mean.
        happened: share of them that came true.
    """

    low: float
    high: float
    n: int
    said: float
    happened: float


def reliability(
    happened: Flags, stated: Floats, edges: tuple[float, ...] = tuple(np.arange(11) / 10)
) -> tuple[ReliabilityBand, ...]:
    """The reliability table; bands in which nothing was said are left out."""
    band = np.clip(np.searchsorted(edges, stated, "right") - 1, 0, len(edges) - 2)
    return tuple(
        ReliabilityBand(
            low=edges[k],
            high=edges[k + 1],
            n=int((band == k).sum()),
            said=float(stated[band == k].mean()),
            happened=float(happened[band == k].mean()),
        )
        for k in range(len(edges) - 1)
        if (band == k).any()
    )
