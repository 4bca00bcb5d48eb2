"""A cited row of a table: its bytes, and the words in which it is read."""

from __future__ import annotations

import pytest

from footnote.models import Article, Citation, Sentence

TEXT = """Fees and hours.

| Plan | Fee | | Guests |
| --- | --- | --- | --- |
| Hobby | £12 | weekends | 0 |
| Full \\| night | £30 | | |

| Monday | 9 to 5 |

| is a bar, and |x| is how far x is from 0.

```
| a | b |
| c | d |
```
"""


@pytest.mark.parametrize(
    ("quote", "read"),
    [
        ("| Hobby | £12 | weekends | 0 |", "Plan: Hobby; Fee: £12; weekends; Guests: 0"),
        ("| Full \\| night | £30 | | |", "Plan: Full | night; Fee: £30"),
        ("| Monday | 9 to 5 |", "Monday: 9 to 5"),
        ("Fees and hours.", "Fees and hours."),
        ("| is a bar, and |x| is how far x is from 0.", "| is a bar, and |x| is how far x is from 0."),
        ("| a | b |\n| c | d |", "| a | b |\n| c | d |"),
    ],
)
def test_a_row_is_read_with_its_columns_and_its_quote_stays(quote: str, read: str) -> None:
    start = TEXT.index(quote)
    cited = Citation.of(Article("fees.md", "Fees", TEXT), Sentence(start, start + len(quote)), 1)
    assert (cited.quote, cited.as_read) == (quote, read)
