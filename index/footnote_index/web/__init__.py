"""Articles from the web: what `sources.yaml` names is fetched politely, kept, and read like files."""
