"""Tags of templates in Markdown: shortcodes of Hugo, and tags of Liquid, Markdoc and GitBook."""
