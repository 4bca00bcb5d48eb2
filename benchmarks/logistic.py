"""Logistic regression for the benchmarks that fit weights: the same for all of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def logistic(inputs: Array, labels: Array, shares: Array, *, prior: Array, firmness: Array) -> Array:
    """A weight for each column of `inputs`, which is (examples, columns), by Newton's method.

    `labels` are 0 or 1, `shares` say how much each example counts. Each weight is drawn towards its `prior`, the more
    the larger its `firmness` is. A step that overshoots is halved.
    """

    def loss(weights: Array) -> float:
        margins = (2 * labels - 1) * (inputs @ weights)
        return float(shares @ np.logaddexp(0, -margins) + firmness @ (weights - prior) ** 2 / 2)

    weights = np.zeros(inputs.shape[1])
    for _ in range(80):
        chances = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        curvature = (inputs * (shares * chances * (1 - chances))[:, None]).T @ inputs + np.diag(firmness)
        step = np.linalg.solve(curvature, inputs.T @ (shares * (chances - labels)) + firmness * (weights - prior))
        while loss(weights - step) > loss(weights) and np.abs(step).max() > 1e-6:
            step = step / 2
        weights = weights - step
    return weights
