"""The faces of Footnote: Discord and the terminal, and the one place where parts are chosen and wired."""
