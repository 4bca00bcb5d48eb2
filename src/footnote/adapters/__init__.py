"""Where the core meets the outside: the database, and the model server."""
