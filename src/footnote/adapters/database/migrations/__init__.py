"""The history of the tables, as Alembic keeps it. A new step is a new file in `versions/`."""
