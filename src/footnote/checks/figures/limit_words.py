"""Words that make a figure a limit, and comparisons that do once they are turned: "no more than 5" is "at most 5"."""

from __future__ import annotations

MORE_THAN = r"(?:more|later|longer|older|higher|larger|greater)\sthan"
LESS_THAN = r"(?:fewer|less|earlier|shorter|younger|lower|smaller)\sthan"
OR_MORE, OR_LESS = "more|over|older|above|up|upwards", "fewer|less|under|younger|below"
"""Behind a figure: 65 and over."""
