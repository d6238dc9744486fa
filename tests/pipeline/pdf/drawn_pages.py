"""Pages drawn with known words, as a scanner would give them, and what PDF readers find in their section files."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

import cv2
import numpy as np
from numpy.typing import NDArray
from pdf2image import convert_from_bytes
from PIL import Image, ImageDraw, ImageFont

from pipeline.model import Box, Document, PageGeometry, Skew, TypeGuess, Word
from pipeline.pdf.assemble import SectionInfo, SectionPage
from pipeline.pdf.layers import archival_layer
from scanners.base import PageSource, ScannedPage
from sohoa.ids import Section

Pixels = NDArray[np.uint8]
FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"

FORM = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
Họ và tên người sử dụng đất: Nguyễn Thị Ánh Tuyết, sinh năm 1973
Thửa đất số 215, tờ bản đồ số 08, diện tích: 1.250,5 m² (bằng chữ: một nghìn
hai trăm năm mươi phẩy năm mét vuông); mục đích: đất trồng cây lâu năm “CLN”
Quyết định số 1742/QĐ-UBND ngày 05 tháng 9 năm 2023 của Ủy ban nhân dân
ăn ở ở rì rào xanh con suối nhỏ mùa mưa ma xa em ơi"""


@dataclass(frozen=True)
class Drawn:
    """An upright page, the true ink boxes of its words, its font size in px and the lines' baselines."""

    pixels: Pixels
    words: tuple[Word, ...]
    dpi: tuple[float, float]
    size: float
    baselines: tuple[int, ...]

    @property
    def width(self) -> int:
        return self.pixels.shape[1]

    @property
    def height(self) -> int:
        return self.pixels.shape[0]


def draw_page(text: str = FORM, *, dpi: int = 150, size: tuple[float, float] = (210, 297), points: float = 13) -> Drawn:
    """Draw ``text`` black on white; ``size`` in mm, ``points`` is the font size; boxes are of the ink itself."""
    width, height = (round(side / 25.4 * dpi) for side in size)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, points * dpi / 72)
    words, baselines = [], []
    for number, line in enumerate(text.split("\n")):
        x = width * 0.1
        baselines.append(round(height * 0.1 + number * 1.6 * font.size))
        for token in line.split():
            place = (round(x), baselines[-1])
            draw.text(place, token, font=font, fill=0, anchor="ls")
            mask, offset = font.getmask2(token, "L", anchor="ls")
            ink = mask.getbbox()
            left, top = place[0] + offset[0], place[1] + offset[1]
            box = Box(left + ink[0], top + ink[1], left + ink[2], top + ink[3])
            words.append(Word(token, box, 95.0, number))
            x += font.getlength(token + " ")
    return Drawn(np.asarray(image), tuple(words), (float(dpi), float(dpi)), font.size, tuple(baselines))


def as_scanned(drawn: Drawn, *, turns: int = 0, angle: float = 0.0) -> tuple[Pixels, PageGeometry]:
    """Return the picture that a scanner gives of ``drawn`` and the geometry that makes it upright again.

    ``angle`` is the skew of its lines (counter-clockwise positive), ``turns`` the clockwise turns that it needs.
    """
    centre = ((drawn.width - 1) / 2, (drawn.height - 1) / 2)
    matrix = cv2.getRotationMatrix2D(centre, angle, 1.0)
    skewed = cv2.warpAffine(
        drawn.pixels, matrix, (drawn.width, drawn.height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    stored = np.ascontiguousarray(np.rot90(skewed, turns))
    geometry = PageGeometry(stored.shape[1], stored.shape[0], turns, Skew(angle, 1.0, angle), drawn.dpi)
    return stored, geometry


def jpeg(pixels: Pixels, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", **{"quality": 80, **options})
    return file.getvalue()


def scanned(data: bytes, pixels: Pixels, media_type: str = "image/jpeg", *, untouched: bool = True) -> ScannedPage:
    """Return the page that a device delivers as ``data``."""
    source = PageSource("scan.jpg", "0" * 64, 0)
    return ScannedPage(source, data, media_type, pixels.shape[1], pixels.shape[0], (150.0, 150.0), 0, untouched)


def section_page(
    drawn: Drawn, *, turns: int = 0, angle: float = 0.0, words: Sequence[Word] | None = None
) -> SectionPage:
    """Return ``drawn`` as a scanner's gray JPEG, crooked and turned, with its true words."""
    stored, geometry = as_scanned(drawn, turns=turns, angle=angle)
    colour = "gray" if stored.ndim == 2 else "rgb"
    layer = archival_layer(scanned(jpeg(stored), stored), stored, colour)
    return SectionPage(layer, geometry, drawn.words if words is None else words)


def document(name: str, first: int, last: int) -> Document:
    return Document(Section.RECORDS, TypeGuess("a_type", name, 0.9), first, last)


def section_info(documents: Sequence[Document] = (), section: Section = Section.RECORDS) -> SectionInfo:
    return SectionInfo(
        dossier_id="000.00.21.H10-230915-0012",
        unit="H10.21",
        received=dt.date(2023, 9, 15),
        section=section,
        procedure_code="1.002273",
        procedure_name="Đăng ký, cấp Giấy chứng nhận <lần đầu> & tài sản",
        documents=documents,
    )


def render(pdf: bytes, dpi: float, page: int = 1) -> Pixels:
    """Return the page as poppler shows it."""
    (image,) = convert_from_bytes(pdf, dpi=dpi, first_page=page, last_page=page)
    return np.asarray(image.convert("RGB"))


def pdftotext(pdf: bytes, *options: str) -> str:
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, "-", "-"], input=pdf, capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode()


@dataclass(frozen=True)
class FoundWord:
    """A word as a PDF reader finds it: box in pt, origin top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


_WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')


def words_with_boxes(pdf: bytes, page: int = 1) -> list[FoundWord]:
    """Return the words of a page by ``pdftotext -bbox``, in its order."""
    html = pdftotext(pdf, "-bbox", "-f", str(page), "-l", str(page))
    return [FoundWord(unescape(m[5]), *(float(m[i]) for i in range(1, 5))) for m in _WORD.finditer(html)]
