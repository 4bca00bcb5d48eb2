"""The reading room: answers and articles as web pages, so that a footnote can be checked with one click."""
