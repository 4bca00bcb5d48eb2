"""`.html`: web pages, without what belongs to their site."""
