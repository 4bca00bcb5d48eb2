"""`footnote doctor`: checks everything that Footnote needs, changes nothing, and says what to do."""
