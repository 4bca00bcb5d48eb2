"""Articles from LlamaIndex readers: GitHub, Notion, a database, or whatever a package can read."""
