"""How people use Footnote: Discord, the terminal and web pages, and the one place where parts are chosen and wired."""
