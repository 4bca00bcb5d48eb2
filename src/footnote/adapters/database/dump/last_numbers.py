"""The last number that each table has used, so that the next row does not get it again."""

from __future__ import annotations

from sqlalchemy import Connection, Table, inspect, select, text


def last_number(connection: Connection, table: Table) -> int:
    """The last number that the table has used, even if its row is gone; 0 if it has used none."""
    if connection.dialect.name == "postgresql":
        sequence = _sequence(connection, table)
        if sequence is None:
            return 0
        last, is_given = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608
        return int(last) if is_given else 0
    if not inspect(connection).has_table("sqlite_sequence"):
        return 0
    found = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return int(connection.scalar(found, {"name": table.name}) or 0)


def set_last_number(connection: Connection, table: Table, number: int) -> None:
    if connection.dialect.name == "postgresql":
        if sequence := _sequence(connection, table):
            (column,) = table.primary_key
            highest = connection.scalar(select(column).order_by(column.desc()).limit(1)) or 0
            if last := max(number, highest):
                connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})
    elif number:
        values = {"name": table.name, "last": number}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values)


def _sequence(connection: Connection, table: Table) -> str | None:
    """The column that numbers the rows, quoted for use in a statement."""
    if len(table.primary_key) != 1:
        return None
    (column,) = table.primary_key
    found = text("SELECT pg_get_serial_sequence(:table, :column)")
    sequence: str | None = connection.scalar(found, {"table": table.name, "column": column.name})
    return sequence
