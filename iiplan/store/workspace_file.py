"""A whole workspace as one zip file: a JSON file for each table, and a manifest. docs/your-data.md has the format.

The same rows give the same bytes. Reading takes nothing on trust: sizes are bounded before anything is unpacked,
nothing is written to the disk under a name from the file, and each part must have the hash that the manifest says.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from iiplan import __version__
from iiplan.errors import InputError
from iiplan.store.tables import SECRETS, Content, Table, Value

__all__ = ["MOST_BYTES", "MOST_UNPACKED", "WorkspaceFile", "pack", "unpack"]

MOST_BYTES: Final = 50_000_000  # of the zip file
MOST_UNPACKED: Final = 200_000_000  # of all its parts together
MOST_PARTS: Final = 200

FORMAT: Final = "iiplan workspace"
FORMAT_VERSION: Final = 1
_MANIFEST: Final = "manifest.json"
_CURE: Final = "It is damaged or was changed by hand: choose another copy."
_LEFT_OUT: Final = {
    "feeds": "The addresses at which calendar apps subscribe: whoever has one can read the plan. Switch them on again."
}


@dataclass(frozen=True, kw_only=True)
class WorkspaceFile:
    """What a zip holds, when it was made, and by which iiplan."""

    content: Content
    made_at: datetime
    iiplan: str


def pack(content: Content, made_at: datetime) -> bytes:
    """The zip of a content that has been read without its secrets; InputError when it would be too large to read."""
    parts = {_part(name): _table_json(table) for name, table in content.tables.items()}
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "iiplan": __version__,
        "schema_version": content.version,
        "made_at": made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "left_out": {name: _LEFT_OUT[name] for name in sorted(SECRETS)},
        "tables": {
            name: {"rows": len(table.rows), "sha256": hashlib.sha256(parts[_part(name)]).hexdigest()}
            for name, table in sorted(content.tables.items())
        },
    }
    head = json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in ((_MANIFEST, head), *sorted(parts.items())):
            info = zipfile.ZipInfo(name)  # its date stays that of the format's beginning
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            archive.writestr(info, part)
    if packed.tell() > MOST_BYTES or sum(map(len, parts.values())) + len(head) > MOST_UNPACKED:
        raise InputError("All this is too much for one export. Make a backup instead, which has no limit.")
    return packed.getvalue()


def unpack(data: bytes, newest: int) -> WorkspaceFile:
    """What a zip holds; ``newest`` is the latest version known here. InputError for anything but a whole one."""
    if len(data) > MOST_BYTES:
        raise InputError(f"The file has {len(data) / 1e6:.0f} MB; an export has {MOST_BYTES / 1e6:.0f} at most.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"The zip file cannot be unpacked: {error}. {_CURE}") from error
    manifest = _manifest(parts.pop(_MANIFEST), newest)
    listed = manifest["tables"]
    for name in sorted({_part(name) for name in listed} ^ parts.keys()):
        raise InputError(f"{name!a} is in the file or in its list of contents, but not in both. {_CURE}")
    tables = {name: _table(name, parts[_part(name)], entry) for name, entry in listed.items()}
    return WorkspaceFile(
        content=Content(version=manifest["schema_version"], tables=tables, secret=SECRETS),
        made_at=_moment(manifest["made_at"]),
        iiplan=manifest["iiplan"],
    )


def _part(table: str) -> str:
    return f"tables/{table}.json"


def _table_json(table: Table) -> bytes:
    """A row a line, so that two exports can be compared line by line."""
    rows = ",\n".join(
        json.dumps([_packed(value) for value in row], ensure_ascii=False, allow_nan=False) for row in table.rows
    )
    return f'{{"columns": {json.dumps(table.columns, ensure_ascii=False)},\n"rows": [\n{rows}\n]}}\n'.encode()


def _packed(value: Value) -> object:
    """A value as JSON has it; what JSON has no word for as an object that names it."""
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, float) and not math.isfinite(value):
        return {"real": repr(value)}
    return value


def _unpacked(value: object, what: str) -> Value:
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, dict) and len(value) == 1:
        (word, text) = next(iter(value.items()))
        if word == "base64" and isinstance(text, str):
            with suppress(binascii.Error, ValueError):
                return base64.b64decode(text, validate=True)
        if word == "real" and text in ("inf", "-inf"):
            return float(text)
    raise InputError(f"The table {what} of the file holds a value that none can be: {str(value)[:40]!a}. {_CURE}")


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every part by its name. A part never gives more bytes than it says, and what all say is bounded."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if _MANIFEST not in names:
        raise InputError(f"The zip file has no {_MANIFEST}, so it is no export of iiplan's. Choose another file.")
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise InputError(f"The zip file unpacks to more than an export ever holds. {_CURE}")
    if len(set(names)) < len(names):
        raise InputError(f"The zip file holds a part twice. {_CURE}")
    return {info.filename: archive.read(info) for info in infos}


def _json(data: bytes, what: str) -> Any:
    def refuse(word: str) -> object:
        raise ValueError(f"{word} is no JSON")

    try:
        return json.loads(data.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{what} of the file is not JSON: {error}. {_CURE}") from error


def _manifest(data: bytes, newest: int) -> dict[str, Any]:
    manifest = _json(data, "The list of contents")
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError("The zip file is no export of iiplan's. Choose another file.")
    for key, latest in (("format_version", FORMAT_VERSION), ("schema_version", newest)):
        version = manifest.get(key)
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise InputError(f"The {key} of the file is missing or no number. {_CURE}")
        if version > latest:
            raise InputError(
                f"The file was written by a newer iiplan ({key} {version}; this iiplan knows up to {latest}). "
                "Install the newer iiplan, or choose another file."
            )
    tables = manifest.get("tables")
    if not isinstance(tables, dict) or not all(isinstance(entry, dict) for entry in tables.values()):
        raise InputError(f"The file does not say which tables it holds. {_CURE}")
    if not isinstance(manifest.get("iiplan"), str) or not isinstance(manifest.get("made_at"), str):
        raise InputError(f"The file does not say when and by which iiplan it was made. {_CURE}")
    return manifest


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.utcoffset() is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InputError(f"The time of the export, {text[:40]!a}, cannot be read. {_CURE}")


def _table(name: str, part: bytes, entry: Mapping[str, object]) -> Table:
    if hashlib.sha256(part).hexdigest() != entry.get("sha256"):
        raise InputError(f"The table {name} of the file is not what was exported: its hash differs. {_CURE}")
    document = _json(part, f"The table {name}")
    columns, rows = (document.get("columns"), document.get("rows")) if isinstance(document, dict) else (None, None)
    if not isinstance(columns, list) or not all(isinstance(column, str) for column in columns):
        raise InputError(f"The table {name} of the file has no columns. {_CURE}")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise InputError(f"The table {name} of the file has no rows. {_CURE}")
    if len(rows) != entry.get("rows"):
        raise InputError(f"The table {name} of the file has {len(rows)} rows, not as many as its list says. {_CURE}")
    return Table(columns=tuple(columns), rows=[tuple(_unpacked(value, name) for value in row) for row in rows])
