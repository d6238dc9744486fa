"""The contract of every page source: what a scanned page is, and the tree of what can go wrong with one.

ScanError
├── FileRejected         the whole file cannot be taken in (kept aside, never deleted)
│   ├── EmptyFile              zero bytes
│   ├── UnknownFormat          not a PDF, TIFF, JPEG, PNG or JPEG 2000 file, whatever its name says
│   ├── EncryptedFile          needs a password
│   ├── DamagedFile            cut or corrupt; opening it with repair could silently lose pages
│   ├── FileTooLarge           more bytes or pages than the limits allow
│   └── NotARegularFile        a symbolic link, a pipe, a device
└── PageUnreadable       one page of a good file cannot be taken out
    └── PageTooLarge           more pixels than the limits allow
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sohoa.errors import SohoaError


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """Bounds that keep one hostile file from taking the machine."""

    file_bytes: int = 2 * 1024**3
    pages_per_file: int = 3000
    page_pixels: int = 200_000_000
    """A0 at 300 dpi has 139 million pixels; a 30,000 × 30,000 bomb has 900 million."""
    render_dpi: int = 300
    render_timeout: float = 60.0
    """Seconds for rendering one page that is not one image."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """Where a page came from: ``name`` as a person knows the file, its SHA-256 and the 0-based page in it."""

    name: str
    file_sha256: str
    index: int


@dataclass(frozen=True, slots=True)
class FileInfo:
    """One file that passed inspection: every page of it can be asked for with ``files.read_page``."""

    path: Path
    name: str
    """The file's name as shown to people: NFC, relative to the input it was found under, no control characters."""
    sha256: str
    size: int
    """Bytes."""
    media_type: str
    """By content, never by name: application/pdf, image/tiff, image/jpeg, image/png or image/jp2."""
    pages: int
    signed: bool = False
    """A PDF that carries a digital signature: its bytes are evidence and must be kept as they are."""


@dataclass(frozen=True, slots=True)
class Packing:
    """What a PDF has to say beside a lossless image stream: nothing in the stream itself tells it.

    Samples have ``bits`` each, ``channels`` to a px; rows were written with ``predictor`` 1 (none), 2 (TIFF) or 15
    (PNG); samples index the RGB triplets of ``palette`` when it is not empty.  ``symbols`` are JBIG2's global segments.
    """

    bits: int = 1
    channels: int = 1
    predictor: int = 1
    palette: bytes = field(default=b"", repr=False)
    symbols: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class PackedStream:
    """A lossless image stream that only a PDF can hold; ``inverted`` tells that it has black and white exchanged."""

    encoding: Literal["flate", "jbig2"]
    data: bytes = field(repr=False)
    packing: Packing
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as the device delivered it.

    ``data`` is one encoded image.  When ``untouched`` its pixels are encoded exactly as the file has them: the
    file itself, the JPEG or JPEG 2000 stream that a PDF embeds, or a CCITT stream or TIFF frame in a TIFF header
    of its own.  Otherwise the page was rendered, or unpacked losslessly from a codec that needs its container,
    and ``data`` is a binary PNM image (P4, P5 or P6).  Its pixels are bitonal, gray, RGB or a palette; never
    CMYK, 16 bit or transparent.
    ``dpi`` is (horizontal, vertical), of the encoded image before ``quarter_turns`` are applied.
    ``quarter_turns`` counts the clockwise 90° turns that the container asks for (PDF /Rotate, EXIF, TIFF); they
    already hold what a JPEG's EXIF says, so whoever decodes ``data`` must not apply EXIF again.
    """

    source: PageSource
    data: bytes
    media_type: str
    """image/jpeg, image/jp2, image/png, image/tiff or image/x-portable-anymap."""
    width: int
    height: int
    dpi: tuple[float, float]
    quarter_turns: int = 0
    untouched: bool = False
    empty: bool = False
    """The container says the page has no content at all; ``data`` is then a white PNM image."""
    dpi_known: bool = True
    """False when the file gives no believable resolution: ``dpi`` is then chosen so that the page is A3, A4 or A5."""
    dpi_disbelieved: tuple[float, float] | None = None
    """What the file says of (horizontal, vertical) ``dpi`` when that cannot be true; None when it says nothing."""
    packed: PackedStream | None = None
    """The stream that ``data`` was unpacked from, when another PDF shows the same px by it."""
    remark: str = ""
    """What a person should look at: the page could be taken out, but something in it is not as it should be."""


class ScanError(SohoaError):
    """Something that was delivered cannot be taken in as it is."""

    code = "scan-error"


class FileRejected(ScanError):
    """The whole file cannot be taken in."""

    code = "file-rejected"


class EmptyFile(FileRejected):
    """The file has no bytes."""

    code = "file-empty"
    advice = (
        "Quét lại giấy tờ; máy quét hoặc lệnh chép đã dừng trước khi ghi. / "
        "Scan the document again; the scanner or the copy was stopped before it wrote anything."
    )


class UnknownFormat(FileRejected):
    """The content is no format that sohoa reads, whatever the name says."""

    code = "file-unknown-format"
    advice = (
        "Quét hoặc xuất lại thành PDF, TIFF, JPEG, PNG hay JPEG 2000 rồi nộp lại. / "
        "Scan or export it as PDF, TIFF, JPEG, PNG or JPEG 2000 and deliver it again."
    )


class EncryptedFile(FileRejected):
    """The file needs a password."""

    code = "file-encrypted"
    advice = (
        "Xin bản không đặt mật khẩu, hoặc in ra rồi quét. / "
        "Ask the sender for a copy without a password, or print and scan it."
    )


class DamagedFile(FileRejected):
    """The file is cut or corrupt."""

    code = "file-damaged"
    advice = (
        "Chép hoặc quét lại; bản được sửa chữa có thể thiếu trang mà không báo. / "
        "Copy or scan it again; a repaired copy could lack pages without saying so."
    )


class FileTooLarge(FileRejected):
    """The file has more bytes or pages than the limits allow."""

    code = "file-too-large"
    advice = (
        "Tách thành các tệp nhỏ hơn, hoặc nâng giới hạn trong sohoa.toml nếu cỡ này là đúng. / "
        "Split it into smaller files, or raise the limit in sohoa.toml if this size is expected."
    )


class NotARegularFile(FileRejected):
    """A symbolic link, a pipe or a device lies where a scanned file is expected."""

    code = "file-not-regular"
    advice = (
        "Chép tệp thật vào thư mục thay cho liên kết rồi nạp lại. / "
        "Put the file itself into the folder in place of the link and deliver it again."
    )


class PageUnreadable(ScanError):
    """One page of a good file cannot be taken out."""

    code = "page-unreadable"
    advice = "Quét lại trang này và nộp vào đúng hồ sơ đó. / Scan this page again and deliver it to the same dossier."


class PageTooLarge(PageUnreadable):
    """The page has more pixels than the limits allow."""

    code = "page-too-large"
    advice = (
        "Quét ở 300 dpi trở xuống, hoặc nâng limits.page_pixels trong sohoa.toml nếu cỡ này là đúng. / "
        "Scan it at 300 dpi or less, or raise limits.page_pixels in sohoa.toml if this size is expected."
    )
