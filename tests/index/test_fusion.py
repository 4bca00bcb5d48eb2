"""Which passages have the highest scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote_index.fusion import best_of


@given(st.lists(st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0, 2.5])), st.integers(1, 8))
def test_the_highest_come_first_and_of_equals_the_earlier_one(scores: list[float], limit: int) -> None:
    ordered = sorted(range(len(scores)), key=lambda at: -scores[at])
    wanted = [at for at in ordered if scores[at] > 0][:limit]
    assert best_of(np.array(scores), limit).tolist() == wanted


@pytest.mark.parametrize("scores", [[], [0.0], [-1.0, 0.0]])
def test_what_has_no_score_is_not_among_the_best(scores: list[float]) -> None:
    assert best_of(np.array(scores), 3).tolist() == []
