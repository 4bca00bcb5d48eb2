"""Words that make a figure a limit, and comparisons that do once they are turned: "no more than 5" is "at most 5"."""

from __future__ import annotations

MORE_THAN = r"(?:more|later|longer|older|higher|larger|greater)\sthan"
LESS_THAN = r"(?:fewer|less|earlier|shorter|younger|lower|smaller)\sthan"
