"""`.pdf`: from letters at their positions to paragraphs."""
