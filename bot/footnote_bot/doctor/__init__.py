"""`footnote doctor`: looks at everything that Footnote needs, changes nothing, and says what to do."""
