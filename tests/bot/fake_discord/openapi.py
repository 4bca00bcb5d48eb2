"""Checks what the bot sends against Discord's own OpenAPI document.

The document is read as Discord's server seems to: `oneOf` as `anyOf`, ids as numbers or digits, integers as digits.
Each operation's schema is put together when it is first used; the whole document would take seconds.
"""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema.validators import extend

Schema = dict[str, Any]

_REF = "#/components/schemas/"
_MULTIPART = "multipart/form-data"
_BOOLEANS = {"0": False, "1": True, "true": True, "false": False, "True": True, "False": False}


class OpenApi:
    def __init__(self, path: Path) -> None:
        document = _document(path)
        self._path = path
        self._paths: dict[str, Schema] = document["paths"]

    def problems(self, method: str, template: str, *, query: dict[str, str], body: Any, has_uploads: bool) -> list[str]:
        """What Discord's document says against a request to the route `template`."""
        operation = self._paths.get(template, {}).get(method.lower())
        if operation is None:
            return [f"{method} {template} is not in Discord's OpenAPI document"]
        found = self._query_problems(method, template, operation, query)
        content = operation.get("requestBody", {}).get("content")
        if content is None:
            found += ["takes no body"] if body is not None else []
        elif has_uploads and _MULTIPART not in content:
            found.append("takes no files")
        elif body is not None or operation["requestBody"].get("required"):
            media = "application/json" if "application/json" in content else _MULTIPART
            found += _body_problems(self._path, template, method.lower(), media, json.dumps(body))
        return [f"{method} {template}: {problem}" for problem in found]

    def _query_problems(self, method: str, template: str, operation: Schema, query: dict[str, str]) -> list[str]:
        known = {each["name"] for each in operation.get("parameters", []) if each["in"] == "query"}
        found = [f"knows no query parameter {name!r}" for name in query if name not in known]
        for name in known & query.keys():
            validator = _query_validator(self._path, template, method.lower(), name)
            found += _problems(validator, _from_query(validator.schema, query[name]))
        return found


@lru_cache(maxsize=1000)
def _body_problems(path: Path, template: str, method: str, media: str, body: str) -> list[str]:
    """Remembered, because every bot that starts syncs the same long list of commands."""
    return _problems(_body_validator(path, template, method, media), json.loads(body))


def _problems(validator: Any, value: Any) -> list[str]:
    error = best_match(validator.iter_errors(value))
    return [f"{error.json_path}: {error.message[:300]}"] if error else []


def _from_query(schema: Schema, text: str) -> Any:
    if schema.get("type") == "boolean":
        return _BOOLEANS.get(text, text)
    return int(text) if schema.get("type") == "integer" and text.isdecimal() else text


@cache
def _document(path: Path) -> Schema:
    document: Schema = json.loads(path.read_text(encoding="utf-8"))
    return document


@cache
def _body_validator(path: Path, template: str, method: str, media: str) -> Any:
    content = _document(path)["paths"][template][method]["requestBody"]["content"]
    return _validator(path, content[media]["schema"])


@cache
def _query_validator(path: Path, template: str, method: str, name: str) -> Any:
    parameters = _document(path)["paths"][template][method]["parameters"]
    return _validator(path, next(each["schema"] for each in parameters if each["name"] == name))


def _validator(path: Path, schema: Schema) -> Any:
    """A validator whose schema carries the definitions that it refers to, and no others."""
    schemas = _document(path)["components"]["schemas"]
    definitions: dict[str, Schema] = {}
    pending = _references(schema)
    while pending:
        name = pending.pop()
        if name not in definitions:
            definitions[name] = _read_leniently(schemas[name])
            pending |= _references(schemas[name])
    return _Validator(_read_leniently(schema) | {"$defs": definitions})


def _references(schema: Any) -> set[str]:
    return set(re.findall(rf'"{_REF}(\w+)"', json.dumps(schema)))


def _read_leniently(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_read_leniently(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "snowflake":
        return {"anyOf": [schema, {"type": "integer", "minimum": 0}]}
    read = {key: _read_leniently(value) for key, value in schema.items() if key not in ("oneOf", "$ref")}
    if "$ref" in schema:
        read["$ref"] = schema["$ref"].replace(_REF, "#/$defs/")
    if "oneOf" in schema:
        read["anyOf"] = _read_leniently(schema["oneOf"])
    return read


def _is_integer(checker: Any, value: object) -> bool:
    del checker
    if isinstance(value, str):
        return bool(re.fullmatch(r"-?\d+", value))
    return isinstance(value, int) and not isinstance(value, bool)


_Validator: Any = extend(  # type: ignore[no-untyped-call]  # its stub lacks annotations
    Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
)
