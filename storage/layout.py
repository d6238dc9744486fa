"""The one module that makes object keys, and the only one that takes them apart.

::

    {unit}/{year}/{dossier key}/objects/{sha256}.{suffix}      payloads, content-addressed
    {unit}/{year}/{dossier key}/originals/{sha256}.{suffix}    what the scanner delivered
    {unit}/{year}/{dossier key}/manifests/{version:06d}.json   the commit points
    batches/{batch id}.json                                    the ledger of one batch
    batches/{batch id}/decisions/{number:06d}.json             what people decided about its findings
    archive.json                                               which archive this is

Every part comes from something validated: a dossier ID or holding number, a unit code, a year, a SHA-256, a
version.  A file's or a person's name is never part of a key, so no name can climb out of the archive
(``../``) or meet another key in another letter case or Unicode form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sohoa import ids
from sohoa.wording import both
from storage.errors import InvalidKey

Role = Literal["section", "pages", "original"]
Kind = Literal["object", "original", "manifest"]

BATCHES = "batches/"
IDENTITY = "archive.json"
PAGES_MEDIA_TYPE = "application/x-ndjson+zstd"
"""JSON lines, one ``PageTextRecord`` each, compressed with Zstandard."""

_SUFFIXES = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/jp2": "jp2",
    "image/x-portable-anymap": "pnm",
    "application/json": "json",
    PAGES_MEDIA_TYPE: "jsonl.zst",
}
_OTHER_SUFFIX = "bin"
_FOLDER: dict[Role, str] = {"section": "objects", "pages": "objects", "original": "originals"}
_KIND: dict[str, Kind] = {"objects": "object", "originals": "original", "manifests": "manifest"}

# S3 allows 1,024 bytes in a key, SeaweedFS 255 in a segment; 200 leaves room for a store's own suffixes.
_SEGMENT_BYTES = 200
_SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)
_UNIT = re.compile(r"(?!(?:batches|archive\.json)$)[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DOSSIER_KEY = re.compile(
    r"(?P<folder>(?P<unit>[^/]+)/(?P<year>\d{4})/(?P<dossier>[^/]+))/"
    r"(?P<kind>objects|originals|manifests)/(?P<stem>[0-9a-f]{64}|\d{6})\.(?P<suffix>[a-z0-9.]+)",
    re.ASCII,
)
_DECISION_KEY = re.compile(r"batches/[^/]+/decisions/\d{6}\.json", re.ASCII)
_BATCH_KEY = re.compile(r"batches/(?P<batch>[^/]+)\.json", re.ASCII)


@dataclass(frozen=True, slots=True)
class DossierKey:
    """A key below a dossier's folder, taken apart; ``stem`` is a SHA-256, or the version of a manifest."""

    folder: str
    kind: Kind
    stem: str

    @property
    def version(self) -> int:
        """The version that a manifest's key names."""
        return int(self.stem)

    def manifest(self, version: int) -> str:
        """Return the key of another version's manifest in the same folder."""
        return f"{self.folder}/manifests/{version:06d}.json"


def folder(unit: str, year: int, dossier_id: str) -> str:
    """Return the key prefix of one dossier, without a closing slash.

    Raises InvalidKey unless the unit is a plain code, the year has four digits and ``dossier_id`` is a valid
    dossier ID in its normal form or a holding number.
    """
    if not 1900 <= year <= 9999:
        message = both(f"{year} không phải năm tiếp nhận", f"{year} is no year of reception")
        raise InvalidKey(message, subject=dossier_id)
    return "/".join((_unit(unit), f"{year:04d}", _dossier(dossier_id)))


def manifest_key(unit: str, year: int, dossier_id: str, version: int) -> str:
    """Return the key of one version's manifest."""
    if not 1 <= version <= 999_999:
        message = both(f"{version} không phải số phiên bản", f"{version} is no version number")
        raise InvalidKey(message, subject=dossier_id)
    return f"{folder(unit, year, dossier_id)}/manifests/{version:06d}.json"


def manifest_prefix(unit: str, year: int, dossier_id: str) -> str:
    """Return the prefix under which all manifests of a dossier lie."""
    return f"{folder(unit, year, dossier_id)}/manifests/"


def payload_key(unit: str, year: int, dossier_id: str, role: Role, sha256: str, media_type: str) -> str:
    """Return the content-addressed key of a payload; an unknown media type gets the suffix ``bin``."""
    if _SHA256.fullmatch(sha256) is None:
        message = both(
            "không phải SHA-256 viết bằng số thập lục phân chữ thường", "not a SHA-256 in lower-case hexadecimal"
        )
        raise InvalidKey(message, subject=dossier_id)
    suffix = _SUFFIXES.get(media_type, _OTHER_SUFFIX)
    return f"{folder(unit, year, dossier_id)}/{_FOLDER[role]}/{sha256}.{suffix}"


def original_key(unit: str, year: int, dossier_id: str, sha256: str, media_type: str) -> str:
    """Return the key under which an original as scanned is kept."""
    return payload_key(unit, year, dossier_id, "original", sha256, media_type)


def batch_key(batch: str) -> str:
    """Return the key of a batch's record."""
    return f"{BATCHES}{_segment(batch, 'lô / batch ID')}.json"


def batch_decision_key(batch: str, number: int) -> str:
    """Return the key of a decision about a batch's findings; ``number`` is 1-based."""
    return f"{batch_decisions_prefix(batch)}{number:06d}.json"


def batch_decisions_prefix(batch: str) -> str:
    """Return the prefix under which all decisions about a batch lie."""
    return f"{BATCHES}{_segment(batch, 'lô / batch ID')}/decisions/"


def is_batch_decision(key: str) -> bool:
    """Tell whether a key is that of a decision about a batch's findings."""
    return _DECISION_KEY.fullmatch(key) is not None


def parse_dossier_key(key: str) -> DossierKey | None:
    """Take a key below a dossier's folder apart, or return None for any other key."""
    match = _DOSSIER_KEY.fullmatch(key)
    if match is None or (match["kind"] == "manifests") != (len(match["stem"]) == 6):
        return None
    return DossierKey(match["folder"], _KIND[match["kind"]], match["stem"])


def parse_batch_key(key: str) -> str | None:
    """Return the batch ID of a batch record's key, or None for any other key."""
    match = _BATCH_KEY.fullmatch(key)
    return match["batch"] if match else None


def dossier_of(key: DossierKey) -> str | None:
    """Return the dossier ID or holding number whose folder a key lies in, or None when it is named by neither."""
    segment = key.folder.rpartition("/")[2]
    if ids.is_holding(segment):
        return segment
    parsed = ids.from_folder_name(segment)
    return parsed.text if parsed and parsed.key == segment else None


def _unit(unit: str) -> str:
    if _UNIT.fullmatch(unit) is None or len(unit) > _SEGMENT_BYTES:
        raise InvalidKey(
            both(f"“{unit}” không phải mã đơn vị", f"“{unit}” is no unit code"),
            advice=both(
                "Dùng chữ cái không dấu, chữ số, dấu chấm, gạch ngang và gạch dưới, ví dụ H11.35 hoặc 000.00.21.H10.",
                "Use letters, digits, dot, dash and underscore, for example H11.35 or 000.00.21.H10.",
            ),
        )
    return unit


def _dossier(dossier_id: str) -> str:
    if ids.is_holding(dossier_id):
        return dossier_id
    parsed = ids.try_parse(dossier_id)
    if parsed is None or parsed.text != dossier_id:
        raise InvalidKey(
            both(
                f"“{dossier_id}” không phải mã hồ sơ viết đúng mẫu, cũng không phải số tạm giữ",
                f"“{dossier_id}” is no dossier ID in its normal form and no holding number",
            )
        )
    return _segment(parsed.key, "mã hồ sơ / dossier ID")


def _segment(text: str, what: str) -> str:
    if _SEGMENT.fullmatch(text) is None or len(text) > _SEGMENT_BYTES:
        message = both(f"“{text}” không thể là một phần của khóa", f"“{text}” cannot be part of a key")
        raise InvalidKey(message, subject=what)
    return text
