"""Articles from LlamaIndex's readers: GitHub, Notion, a database, whatever a package knows how to read."""
