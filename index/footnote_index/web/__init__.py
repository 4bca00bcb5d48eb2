"""Articles from the web: what `sources.yaml` names is fetched politely, stored, and read like files."""
