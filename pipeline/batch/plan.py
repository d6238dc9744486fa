"""What was delivered, sorted into groups before any page is read.

1. A folder named by a dossier ID is that dossier; a sub-folder named ``records``, ``processing``, ``results`` (or
   ``ho-so``, ``xu-ly``, ``ket-qua``) holds that section, everything else in it is ``records``.
2. A folder that has sub-folders and no ID is only a container: each of its parts is planned by itself.
3. Any other folder is a stack: its files in natural order are one stream of pages, cut by cover sheets.
4. Links inside a folder are planned as files, for ``scanners.files`` to refuse; a link given as input is followed,
   since somebody named it.
5. A file given by itself, or lying beside sub-folders, is a stack of its own.  Image files that hold one page each
   (JPEG, PNG, JPEG 2000) and lie side by side are one stack together, for that is how such scanners deliver one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scanners.folder import display_name, is_folder, is_junk, list_files, natural_key
from sohoa import ids
from sohoa.errors import UsageError
from sohoa.ids import SECTION_FOLDERS, DossierId, Section
from sohoa.text import fold

_ONE_PAGE_SUFFIXES = {".jpg", ".jpeg", ".png", ".jp2", ".j2k", ".jpf", ".jpx"}


class InputMissing(UsageError):
    """A path given as input does not exist."""

    code = "input-missing"
    advice = "Check the path; nothing was read."


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file to read: its path, its name for people, and the section that its folder or the caller names."""

    path: Path
    name: str
    section: Section | None


@dataclass(frozen=True, slots=True)
class Group:
    """Files whose pages belong together: one dossier (``dossier`` given), or one stack still to be cut.

    ``is_folder`` says that the stack is a folder, whose name might have been meant as an ID.
    """

    name: str
    files: tuple[PlannedFile, ...]
    dossier: DossierId | None
    is_folder: bool = False


def plan(inputs: Sequence[Path], dossier: DossierId | None = None, section: Section | None = None) -> list[Group]:
    """Return the groups of ``inputs`` in the order given; ``dossier`` claims all of them for one dossier.

    ``section`` is where pages go that neither a folder nor a cover sheet puts elsewhere.
    Raises InputMissing before anything is read when a path does not exist.
    """
    for path in inputs:
        if not path.exists():
            raise InputMissing("no such file or folder", subject=str(path))
    if dossier is not None:
        files = [f for path in inputs for f in _section_files(path, section)]
        return [Group(str(dossier), tuple(files), dossier)] if files else []
    groups: list[Group] = []
    for is_dir, paths in groupby(inputs, Path.is_dir):
        if is_dir:
            groups += [group for path in paths for group in _folder(path, section)]
        else:
            groups += _loose_files([*paths], section, given=True)
    return groups


def _folder(folder: Path, section: Section | None) -> Iterator[Group]:
    dossier = ids.from_folder_name(Path(os.path.abspath(folder)).name)  # noqa: PTH100  # a link keeps the name it was given by
    if dossier is not None:
        yield Group(str(dossier), tuple(_section_files(folder, section)), dossier)
        return
    entries = sorted((e for e in folder.iterdir() if not is_junk(e.name)), key=lambda e: natural_key(e.name))
    folders = [e for e in entries if is_folder(e)]
    files = [e for e in entries if not is_folder(e)]
    if not folders:
        if files:
            name = display_name(folder, folder.parent)
            yield Group(name, tuple(_planned(f, folder, section) for f in files), None, is_folder=True)
        return
    for part in folders:
        yield from _folder(part, section)
    yield from _loose_files(files, section)


def _loose_files(files: Sequence[Path], section: Section | None, *, given: bool = False) -> list[Group]:
    """Make one stack of each file, and one of each run of single-page image files in the same folder.

    ``given`` says that somebody named these very files.
    """
    planned = _given if given else _lying_in_its_folder
    groups = []
    for key, run in groupby(files, lambda f: f.parent if f.suffix.lower() in _ONE_PAGE_SUFFIXES else f):
        members = sorted(run, key=lambda f: natural_key(f.name))
        name = display_name(key, key.parent) if key.is_dir() else display_name(members[0], members[0].parent)
        groups.append(Group(name, tuple(planned(f, section) for f in members), None))
    return groups


def _section_files(path: Path, section: Section | None) -> Iterator[PlannedFile]:
    """Yield a dossier's files section by section; ``path`` is its folder, or one file of it."""
    if not path.is_dir():
        yield _given(path, section)
        return
    for file in list_files(path):
        named = SECTION_FOLDERS.get(_slug(file.relative_to(path).parts[0]))
        yield _planned(file, path.parent, named or section)


def _slug(folder_name: str) -> str:
    """Return “Hồ sơ”, “ho_so” and “ho-so” as the same name."""
    return fold(folder_name).replace(" ", "-").replace("_", "-")


def _planned(file: Path, root: Path, section: Section | None) -> PlannedFile:
    return PlannedFile(file, display_name(file, root), section)


def _lying_in_its_folder(file: Path, section: Section | None) -> PlannedFile:
    return _planned(file, file.parent, section)


def _given(file: Path, section: Section | None) -> PlannedFile:
    """Plan a file that was named as input: a link is followed, and keeps the name it was given by."""
    return PlannedFile(file.resolve(), display_name(file, file.parent), section)
