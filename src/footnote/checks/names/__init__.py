"""Names of people, places and bodies."""
