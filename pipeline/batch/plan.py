"""What was delivered, sorted into groups before any page is read.

1. A folder named by a dossier ID is that dossier; a sub-folder named ``records``, ``processing``, ``results`` (or
   ``ho-so``, ``xu-ly``, ``ket-qua``) holds that section, everything else in it belongs to no section by itself.  A
   dossier's folder inside another's is a dossier of its own.
2. A folder that has no ID but such section folders is one dossier whose ID is missing: one stack, with its sections.
3. A folder that has other sub-folders and no ID is only a container: each of its parts is planned by itself.
4. Any other folder is a stack: its files in natural order are one stream of pages, cut by cover sheets.
5. Links inside a folder are planned as files, for ``scanners.files`` to refuse; a link given as input is followed,
   since somebody named it (but not one that was found in a hot folder).
6. A file given by itself, or lying beside sub-folders, is a stack of its own.  Image files that hold one page each
   (JPEG, PNG, JPEG 2000) and lie side by side are one stack together, for that is how such scanners deliver one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scanners.folder import display_name, is_folder, is_junk, list_files, natural_key
from sohoa import ids
from sohoa.errors import UsageError
from sohoa.ids import SECTION_FOLDERS, DossierId, Section
from sohoa.text import fold
from sohoa.wording import both

_ONE_PAGE_SUFFIXES = {".jpg", ".jpeg", ".png", ".jp2", ".j2k", ".jpf", ".jpx"}


class InputMissing(UsageError):
    """A path given as input does not exist."""

    code = "input-missing"
    advice = both("Kiểm tra lại đường dẫn; chưa đọc tệp nào.", "Check the path; nothing was read.")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file to read: its path, its name for people, and the section that its folder names."""

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


def plan(inputs: Sequence[Path], dossier: DossierId | None = None, *, follow: bool = True) -> list[Group]:
    """Return the groups of ``inputs`` in the order given; ``dossier`` claims all of them for one dossier.

    Without ``follow`` a link among the inputs is planned as a file, to be refused.

    Raises InputMissing before anything is read when a path does not exist.
    """
    for path in inputs:
        if not (path.exists() if follow else os.path.lexists(path)):
            raise InputMissing(both("không có tệp hay thư mục này", "no such file or folder"), subject=str(path))
    if dossier is not None:
        files = [f for path in inputs for f in (_section_files(path) if path.is_dir() else [_given(path)])]
        return [Group(str(dossier), tuple(files), dossier)]
    groups: list[Group] = []
    for is_dir, paths in groupby(inputs, Path.is_dir if follow else is_folder):
        if is_dir:
            groups += [group for path in paths for group in _folder(path, path)]
        else:
            groups += _loose_files([_given(path, follow) for path in paths])
    return groups


def _folder(folder: Path, root: Path) -> Iterator[Group]:
    """Yield the groups of ``folder``; ``root`` is the input that it was found under."""
    name = display_name(folder, root.parent)
    dossier = _dossier_of(folder)
    others = list(_dossiers_below(folder))
    if dossier is not None:
        yield Group(name, tuple(_section_files(folder, set(others))), dossier)
        for other in others:
            yield from _folder(other, root)
        return
    inner = _folders_in(folder)
    if not others and any(_section_of(f) for f in inner):
        yield Group(name, tuple(_section_files(folder)), None, is_folder=True)
        return
    files = list_files(folder, recursive=False)
    if not inner:
        yield Group(name, tuple(_planned(f, folder.parent) for f in files), None, is_folder=True)
        return
    for part in inner:
        yield from _folder(part, root)
    yield from _loose_files([_planned(f, folder) for f in files])


def _loose_files(files: Sequence[PlannedFile]) -> list[Group]:
    """Make one stack of each file, and one of each run of single-page image files in the same folder."""
    groups = []
    for key, run in groupby(files, lambda f: f.path.parent if f.path.suffix.lower() in _ONE_PAGE_SUFFIXES else f.path):
        members = sorted(run, key=lambda f: natural_key(f.name))
        name = members[0].name if key == members[0].path else display_name(key, key.parent)
        groups.append(Group(name, tuple(members), None))
    return groups


def _section_files(folder: Path, without: Set[Path] = frozenset()) -> Iterator[PlannedFile]:
    """Yield the files of a dossier's folder with their sections; ``without`` are folders of other dossiers in it."""
    for file in list_files(folder):
        if without.isdisjoint(file.parents):
            section = _section_of(folder / file.relative_to(folder).parts[0])
            yield PlannedFile(file, display_name(file, folder.parent), section)


def _folders_in(folder: Path) -> list[Path]:
    found = (e for e in folder.iterdir() if is_folder(e) and not is_junk(e.name))
    return sorted(found, key=lambda e: natural_key(e.name))


def _dossiers_below(folder: Path) -> Iterator[Path]:
    """Yield the folders under ``folder`` that are named by an ID, the outermost of each branch."""
    for inner in _folders_in(folder):
        if _dossier_of(inner) is not None:
            yield inner
        else:
            yield from _dossiers_below(inner)


def _dossier_of(folder: Path) -> DossierId | None:
    """Return the dossier that the folder is named by; a link keeps the name that it was given by."""
    return ids.from_folder_name(Path(os.path.abspath(folder)).name)  # noqa: PTH100  # resolve() would follow the link


def _section_of(folder: Path) -> Section | None:
    """Return the section that the folder is named by: “Hồ sơ”, “ho_so” and “ho-so” are the same name."""
    return SECTION_FOLDERS.get(fold(folder.name).replace(" ", "-").replace("_", "-"))


def _planned(file: Path, root: Path) -> PlannedFile:
    return PlannedFile(file, display_name(file, root), None)


def _given(file: Path, follow: bool = True) -> PlannedFile:
    """Plan a file that was named as input: a link is followed, and keeps the name it was given by."""
    return PlannedFile(file.resolve() if follow else file, display_name(file, file.parent), None)
