"""Opening the archive that the settings name."""

from __future__ import annotations

from pipeline.settings import Settings
from sohoa import ids
from storage.archive import Archive
from storage.errors import NotFound
from storage.manifest import Manifest


def open_archive(settings: Settings) -> Archive:
    """Return the open archive; use it as a context manager."""
    return Archive.open(settings.archive, settings.catalogue, settings.search)


def find_dossier(archive: Archive, text: str) -> Manifest:
    """Return the newest version of the dossier (or holding) that ``text`` names; raises NotFound, InvalidDossierId."""
    dossier_id = text if ids.is_holding(text) else str(ids.parse(text))
    manifest = archive.find(dossier_id)
    if manifest is None:
        raise NotFound(
            "kho không có hồ sơ này / no such dossier in the archive",
            subject=dossier_id,
            advice="Thử: sohoa search với một phần mã hoặc tên / try sohoa search with part of the ID or a name.",
        )
    return manifest
