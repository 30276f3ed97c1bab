"""Zip archives of exports: the files of people in them, within bounds. Nothing is ever unpacked to the disk."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from iiplan.errors import InputError
from iiplan.importers.textfile import MOST_BYTES

__all__ = ["is_archive", "unpacked"]

MOST_MEMBERS = 5_000
MOST_FILES = 100  # of people
MOST_UNPACKED = 100_000_000  # bytes of these together
_ENDINGS = (".csv", ".vcf", ".xlsx", ".tsv")
_CONNECTIONS = "connections.csv"


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin like a zip archive."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def unpacked(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files of people in an archive, by their names without folders.

    Of LinkedIn's export only the connections: its other tables are no lists of people. Raises ``InputError`` for an
    archive that is damaged, locked, far larger than it looks, or without such a file.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise InputError(f"The archive has {len(members):,} files. Unpack it, and bring the one with people.")
            wanted = [one for one in members if not one.is_dir() and _name(one).lower().endswith(_ENDINGS)]
            wanted = [one for one in wanted if not one.filename.startswith("__MACOSX/")]
            wanted = [one for one in wanted if _name(one).lower() == _CONNECTIONS] or wanted
            _require_modest(wanted)
            return tuple((_name(one), _content(archive, one)) for one in wanted)
    except InputError:
        raise
    except Exception as error:  # zipfile and zlib raise many things on damaged archives
        raise InputError("The archive is damaged. Download it again, or unpack it and bring the file.") from error


def _name(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename.replace("\\", "/")).name


def _require_modest(wanted: list[zipfile.ZipInfo]) -> None:
    if not wanted:
        raise InputError("There is no CSV, vCard or Excel file in this archive. Choose the export of your contacts.")
    if len(wanted) > MOST_FILES:
        raise InputError(f"The archive has {len(wanted)} tables; {MOST_FILES} are the most. Unpack it, and choose.")
    if any(one.flag_bits & 1 for one in wanted):
        raise InputError("The archive has a password. Unpack it, and bring the file inside.")
    if any(one.file_size > MOST_BYTES for one in wanted) or sum(one.file_size for one in wanted) > MOST_UNPACKED:
        raise InputError(
            f"What is in this archive is larger than {MOST_BYTES // 1_000_000} MB a file or "
            f"{MOST_UNPACKED // 1_000_000} MB together. Unpack it, and bring the file with people."
        )


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What a member holds; never more than it says."""
    with archive.open(member) as opened:
        content = opened.read(MOST_BYTES + 1)
    if len(content) > member.file_size:
        raise InputError("The archive is damaged. Download it again, or unpack it and bring the file.")
    return content
