"""What the numbers of an image mean: the sRGB output intent, and profiles that a scanner put into its files."""

from __future__ import annotations

import struct
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageCms

_HEADER_SIZE, _ENTRY_SIZE = 128, 12
_CURVE_POINTS = 1024
_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {b"r": (0.43607, 0.22249, 0.01392), b"g": (0.38515, 0.71687, 0.09708), b"b": (0.14307, 0.06061, 0.71410)}
"""XYZ of the sRGB primaries, adapted to D50 (IEC 61966-2-1, Bradford)."""
_SIGNATURE = b"acsp"
_CLASSES = {b"scnr", b"mntr", b"prtr", b"spac"}
_SPACES = {b"RGB ": "rgb", b"GRAY": "gray"}


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB (2.5 kB), always the same bytes.

    Written here as version 2.1, which every edition of PDF/A allows: Little CMS makes version 4.4, newer than the
    profiles that ISO 19005-2 knows, and stamps it with the time.
    """
    curve = b"curv" + struct.pack(f">4xI{_CURVE_POINTS}H", _CURVE_POINTS, *map(_linear, range(_CURVE_POINTS)))
    name = b"sRGB\0"
    tags = {
        b"desc": b"desc" + struct.pack(">4xI", len(name)) + name + bytes(78),
        b"cprt": b"text" + bytes(4) + b"Public domain\0",
        b"wtpt": _xyz(_D50),
        **{primary + b"XYZ": _xyz(value) for primary, value in _PRIMARIES.items()},
        **{primary + b"TRC": curve for primary in _PRIMARIES},
    }
    start = _HEADER_SIZE + 4 + _ENTRY_SIZE * len(tags)
    table, body, places = struct.pack(">I", len(tags)), b"", {}
    for tag, data in tags.items():
        if data not in places:  # the three curves are one
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", tag, places[data], len(data))
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    fields = struct.pack(">I4xI4s4s4s6H4s", size, 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp")
    return (fields + bytes(28) + _xyz(_D50)[8:]).ljust(_HEADER_SIZE, b"\0")


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + struct.pack(">4x3i", *(round(value * 65536) for value in values))


def _linear(step: int) -> int:
    """Return the light of the ``step``-th of the curve's points, 0 to 65535 (IEC 61966-2-1, 5.2)."""
    value = step / (_CURVE_POINTS - 1)
    return round(65535 * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4))


def usable_profile(profile: bytes | None, colour: str) -> bytes | None:
    """Return ``profile`` when PDF/A-2 allows it for an image of ``colour`` (rgb or gray), else None.

    Header fields as ISO 19005-2, 6.2.4.2 wants them (ICC version at most 4, device class, colour space), and Little CMS
    must be able to open it; a damaged profile is as good as none, viewers then take the numbers as sRGB.
    """
    if profile is None or len(profile) < 128 or int.from_bytes(profile[:4], "big") != len(profile):
        return None
    if profile[36:40] != _SIGNATURE or profile[12:16] not in _CLASSES or not 2 <= profile[8] <= 4:
        return None
    if _SPACES.get(profile[16:20]) != colour:
        return None
    try:
        ImageCms.ImageCmsProfile(BytesIO(profile))
    except OSError:
        return None
    return profile


def is_srgb(profile: bytes) -> bool:
    """Tell whether ``profile`` is one of the many of sRGB: its primaries are those, to a thousandth."""
    tags = {profile[o : o + 4]: profile[o + 4 : o + 12] for o in range(132, 132 + 12 * profile[131], _ENTRY_SIZE)}
    for primary, wanted in _PRIMARIES.items():
        start = int.from_bytes(tags.get(primary + b"XYZ", bytes(8))[:4], "big")
        found = [int.from_bytes(profile[o : o + 4], "big") / 65536 for o in range(start + 8, start + 20, 4)]
        if max(abs(a - b) for a, b in zip(found, wanted, strict=True)) > 0.002:
            return False
    return True


def cmyk_to_srgb(image: Image.Image) -> Image.Image | None:
    """Return a CMYK image in sRGB by its embedded profile, or None when it has no usable one."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(image.info.get("icc_profile", b"")))
        target = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):
        return None
