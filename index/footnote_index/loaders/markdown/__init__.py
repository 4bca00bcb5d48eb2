"""`.md`: Markdown with its front matter and its dialects."""
