"""Folders of scanned files: which files count, in which order, and names that are safe to show and to keep."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from sohoa.text import nfc

NaturalKey = tuple[tuple[str, int, str], ...]

_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "@eadir", "__macosx", "$recycle.bin", "system volume information"})
_JUNK_STARTS = (".", "~$")
_JUNK_ENDS = (".part", ".tmp", ".filepart", ".crdownload")
_RUNS = re.compile(r"([^0-9]*)([0-9]*)")
_LONGEST_NAME = 200
"""Bytes; file systems allow 255, and a reason file's ending must still fit behind it."""
_SHA_SHOWN = 12
_LONGEST_ENDING = 16


def list_files(folder: Path, *, recursive: bool = True) -> list[Path]:
    """Return what was delivered in ``folder``, in natural order: all but junk and the folders themselves.

    Symbolic links are among it but never followed, nor are pipes, devices or folders that cannot be opened left out:
    ``files.inspect`` refuses them, so that each ends as a finding.  A link that leads inside would count a page twice,
    one that leads out would take in what nobody put there.
    """
    return sorted((path for path in _walk(folder, recursive) if not is_folder(path)), key=_place)


def is_folder(path: Path) -> bool:
    """Tell whether ``path`` is a folder that can be looked into, and no link to one."""
    return path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK)


def is_junk(name: str) -> bool:
    """Tell whether a file or folder of this name is no delivery: hidden, temporary, or made by a file manager."""
    lowered = name.lower()
    return lowered in _JUNK_NAMES or lowered.startswith(_JUNK_STARTS) or lowered.endswith(_JUNK_ENDS)


def is_unfinished(name: str) -> bool:
    """Tell whether the name is one that programs give to a file while they write it."""
    return name.lower().endswith(_JUNK_ENDS)


def natural_key(name: str) -> NaturalKey:
    """Return a sort key by which page2 stands before page10, whatever the letter case and Unicode form.

    Names that differ only there still get different keys, so the order never depends on the disk's.
    """
    text = nfc(name)
    runs = [
        (letters, len(digits.lstrip("0")), digits.lstrip("0")) for letters, digits in _RUNS.findall(text.casefold())
    ]
    return (*runs, ("", len(text), text), ("", len(name), name))


def display_name(path: Path, root: Path) -> str:
    """Return how people call the file: its NFC path under ``root``, with nothing that a screen could act on."""
    shown = path.relative_to(root) if path.is_relative_to(root) and path != root else Path(path.name)
    return shown_text(shown.as_posix())


def shown_text(text: str) -> str:
    """Return ``text`` in NFC with nothing that a screen could act on, and nothing that cannot be encoded."""
    return "".join(_shown(char) for char in nfc(text))


def safe_file_name(name: str, sha256: str) -> str:
    """Return a file name for a kept copy: readable, at most 200 bytes, never a path, different for other content.

    ``name`` is as people know it (Vietnamese letters stay); ``sha256`` is the content's, hexadecimal.
    """
    last = nfc(name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    plain = "".join("_" if char in '<>:"|?*' or _shown(char) != char else char for char in last).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = plain, "", ""
    tail = f"-{sha256[:_SHA_SHOWN]}{dot}{ending}"
    kept = stem.encode()[: _LONGEST_NAME - len(tail.encode())].decode(errors="ignore").rstrip(". ")
    return nfc((kept or "file") + tail)


def _walk(folder: Path, recursive: bool) -> Iterator[Path]:
    for path in folder.iterdir():
        if is_junk(path.name):
            continue
        yield path
        if recursive and is_folder(path):
            yield from _walk(path, recursive)


def _place(path: Path) -> tuple[NaturalKey, ...]:
    return tuple(natural_key(part) for part in path.parts)


def _shown(char: str) -> str:
    """Return the character, or a replacement for controls, text direction overrides and undecodable bytes."""
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char
