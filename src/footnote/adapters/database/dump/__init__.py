"""All rows of a database as files, and back into a database of either kind. A shared index is left out, and stays.

tables.json     the version of the tables, how many rows each has, and the last numbers given
TABLE.jsonl     a row a line: {"column": value}; times in UTC, in ISO 8601; bytes in base64
"""

from footnote.adapters.database.dump.present_tables import holds_rows
from footnote.adapters.database.dump.restoring import import_rows
from footnote.adapters.database.dump.row_files import Contents, read_contents
from footnote.adapters.database.dump.writing import export_rows

__all__ = ["Contents", "export_rows", "holds_rows", "import_rows", "read_contents"]
