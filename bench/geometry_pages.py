"""Pages for ``geometry.py``: drawn ones whose lines, or lack of lines, are known, at 200 dpi in gray.

Each maker takes a generator and returns an upright, level page (height × width, uint8).
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]
Maker = Callable[[np.random.Generator], Pixels]

DPI = 200
MM = DPI / 25.4
PAPER, INK = 245, 30
FONT = "/usr/share/fonts/truetype/croscore/Tinos-{}.ttf"
A4 = (210.0, 297.0)
WORDS = (
    *("Họ", "chữ", "đệm", "tên", "người", "yêu", "cầu", "nơi", "cư trú", "giấy tờ", "tùy thân", "quan hệ", "với"),
    *("được", "khai sinh", "đề nghị", "cơ quan", "đăng ký", "xem xét", "giải quyết", "theo", "quy định", "của"),
    *("pháp luật", "ngày", "tháng", "năm", "tại", "Ủy ban", "xã Hòa Phú", "huyện", "tỉnh", "thửa đất", "số 128"),
    *("tờ bản đồ", "số 14", "diện tích", "250", "mét vuông", "sử dụng", "lâu dài"),
)


def sheet(size: tuple[float, float] = A4) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (round(size[0] * MM), round(size[1] * MM)), PAPER)
    return image, ImageDraw.Draw(image)


def write(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, size: float = 13, face: str = "Regular") -> None:
    font = ImageFont.truetype(FONT.format(face), size * DPI / 72)
    pen.text((x * MM, y * MM), text, fill=INK, font=font)


def line(rng: np.random.Generator, words: int = 11) -> str:
    return " ".join(str(word) for word in rng.choice(WORDS, words))


def done(image: Image.Image, rng: np.random.Generator, noise: float = 3.0) -> Pixels:
    """Blur and noise as a scanner adds them."""
    soft = cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), 0.7)
    return np.clip(soft + rng.normal(0, noise, soft.shape), 0, 255).astype(np.uint8)


# pages with lines


def lines_of_text(count: int) -> Maker:
    def make(rng: np.random.Generator) -> Pixels:
        image, pen = sheet()
        top = float(rng.uniform(30, 200))
        for n in range(count):
            write(pen, 30, top + 7 * n, line(rng))
        return done(image, rng)

    return make


def title_and_signature(rng: np.random.Generator) -> Pixels:
    image, pen = sheet()
    write(pen, 70, 60, "PHỤ LỤC HỢP ĐỒNG", 16, "Bold")
    write(pen, 130, 180, "NGƯỜI ĐẠI DIỆN", 13, "Bold")
    write(pen, 134, 187, "(Ký, ghi rõ họ tên)", 12, "Italic")
    x = np.linspace(0, 1, 60)
    y = np.cumsum(rng.normal(0, 2.4, 60))
    pen.line([((132 + 38 * a) * MM, (205 + b) * MM) for a, b in zip(x, y, strict=True)], fill=70, width=4)
    write(pen, 136, 220, "Nguyễn Hữu Phước", 13, "Bold")
    return done(image, rng)


def full_page(rng: np.random.Generator) -> Pixels:
    image, pen = sheet()
    for n in range(34):
        write(pen, 30, 25 + 7 * n, line(rng))
    return done(image, rng)


def capitals(rng: np.random.Generator) -> Pixels:
    image, pen = sheet()
    for n in range(22):
        write(pen, 28, 30 + 10 * n, line(rng, 9).upper(), 12)
    return done(image, rng)


def plain_capitals(rng: np.random.Generator) -> Pixels:
    """Capitals without a mark: both edges of every line are level."""
    image, pen = sheet()
    words = ("NGUYEN", "VAN HAI", "TRAN THI", "HOA", "LE MINH", "DUNG", "HOANG", "NAM BINH", "UBND", "HUYEN", "CONG TY")
    for n in range(22):
        write(pen, 28, 30 + 10 * n, " ".join(map(str, rng.choice(words, 9))), 12)
    return done(image, rng)


def digits(rng: np.random.Generator) -> Pixels:
    image, pen = sheet()
    for row in range(30):
        for column in range(6):
            number = f"{int(rng.integers(10_000, 9_999_999)):,}".replace(",", ".")
            write(pen, 20 + 29 * column, 25 + 8 * row, number, 12)
    return done(image, rng)


def ruled_digits(rng: np.random.Generator) -> Pixels:
    image, pen = sheet()
    for row in range(31):
        pen.line((18 * MM, (24 + 8 * row) * MM, 192 * MM, (24 + 8 * row) * MM), fill=INK, width=2)
    for column in range(7):
        pen.line(((18 + 29 * column) * MM, 24 * MM, (18 + 29 * column) * MM, 264 * MM), fill=INK, width=2)
    for row in range(30):
        for column in range(6):
            write(pen, 20 + 29 * column, 25.5 + 8 * row, str(int(rng.integers(100, 9_999_999))), 12)
    return done(image, rng)


def landscape_table(rng: np.random.Generator) -> Pixels:
    """A wide table of short entries, as its own landscape sheet."""
    image, pen = sheet((297.0, 210.0))
    write(pen, 90, 15, "BẢNG KÊ KHAI DIỆN TÍCH ĐẤT", 14, "Bold")
    widths = [12, 50, 24, 24, 30, 40, 40, 45]
    edges = np.cumsum([15, *widths])
    for row in range(19):
        y = 30 + 9 * row
        pen.line((15 * MM, y * MM, edges[-1] * MM, y * MM), fill=INK, width=2)
        if row < 18:
            for column, x in enumerate(edges[:-1]):
                entry = line(rng, 2) if column in (1, 5, 7) else str(rng.integers(10, 9999))
                write(pen, float(x) + 2, y + 2, entry, 11)
    for x in edges:
        pen.line((x * MM, 30 * MM, x * MM, 192 * MM), fill=INK, width=2)
    return done(image, rng)


def _stamp(rng: np.random.Generator, size: tuple[float, float], rows: tuple[str, ...]) -> Image.Image:
    stamp = Image.new("L", (round(size[0] * MM), round(size[1] * MM)), PAPER)
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((3, 3, stamp.width - 4, stamp.height - 4), outline=60, width=5)
    for n, row in enumerate(rows):
        write(pen, 4, 3 + 9 * n, row, 16, "Bold")
    return stamp


def _stamped_form(rng: np.random.Generator, rows: int, stamp: Image.Image, where: tuple[float, float]) -> Pixels:
    image, pen = sheet()
    write(pen, 62, 18, "TỜ KHAI ĐĂNG KÝ KHAI SINH", 14, "Bold")
    for n in range(rows):
        write(pen, 25, 32 + 9 * n, line(rng, 7) + ":")
        for dot in range(40):
            x, y = (120 + 1.5 * dot) * MM, (37.2 + 9 * n) * MM
            pen.ellipse((x, y, x + 2, y + 2), fill=INK)
    image.paste(stamp.rotate(90, expand=True), (round(where[0] * MM), round(where[1] * MM)))
    return done(image, rng)


def sideways_stamp(rng: np.random.Generator) -> Pixels:
    rows = ("CÔNG VĂN ĐẾN", "Số: 1284/VP", "Ngày 12/5/2022", "Chuyển: Phòng TNMT")
    return _stamped_form(rng, 9, _stamp(rng, (75, 42), rows), (150, 130))


def large_sideways_stamp(rng: np.random.Generator) -> Pixels:
    """Four lines of a form, and a stamp across the sheet with as much on it."""
    rows = ("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Số chứng thực: 1284 Quyển: 02/2022", "Ngày 12 tháng 5 năm 2022")
    return _stamped_form(rng, 5, _stamp(rng, (150, 36), rows), (140, 110))


def slip(rng: np.random.Generator) -> Pixels:
    image, pen = sheet((210.0, 148.0))
    write(pen, 60, 15, "GIẤY TIẾP NHẬN HỒ SƠ", 14, "Bold")
    for n in range(9):
        write(pen, 22, 32 + 9 * n, line(rng, 8))
    return done(image, rng)


WITH_LINES: dict[str, Maker] = {
    "one line": lines_of_text(1),
    "two lines": lines_of_text(2),
    "three lines": lines_of_text(3),
    "title and signature": title_and_signature,
    "full page": full_page,
    "capitals with marks": capitals,
    "capitals without marks": plain_capitals,
    "digits": digits,
    "digits in a ruled table": ruled_digits,
    "landscape table": landscape_table,
    "form, sideways stamp": sideways_stamp,
    "form, large sideways stamp": large_sideways_stamp,
    "A5 slip": slip,
}


# pages without


def photograph(rng: np.random.Generator) -> Pixels:
    """A landscape: soft shapes, a horizon, fine texture."""
    height, width = round(297 * MM), round(210 * MM)
    field = np.zeros((height, width), np.float32)
    for cells, weight in ((5, 60.0), (20, 30.0), (90, 18.0), (500, 12.0)):
        small = rng.normal(0, 1, (cells, cells)).astype(np.float32)
        field += weight * cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    field[: height // 3] += 60
    return np.clip(field + 120, 0, 255).astype(np.uint8)


def brick_wall(rng: np.random.Generator) -> Pixels:
    """A photograph with rows in it that are no lines of text."""
    image = Image.fromarray(np.clip(photograph(rng).astype(np.int16) // 3 + 110, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for row in range(50):
        for column in range(-1, 18):
            x, y = (12.5 * column + 6 * (row % 2)) * MM, 6 * row * MM
            pen.rectangle((x, y, x + 11.3 * MM, y + 4.8 * MM), fill=int(rng.integers(70, 130)))
    return done(image, rng)


def photograph_on_paper(rng: np.random.Generator) -> Pixels:
    image, _ = sheet()
    small = Image.fromarray(photograph(rng)).resize((round(120 * MM), round(90 * MM)))
    image.paste(small, (round(45 * MM), round(60 * MM)))
    return done(image, rng)


def parcel_map(rng: np.random.Generator) -> Pixels:
    """Plots of land with their numbers and the lengths of their sides along them."""
    image, pen = sheet()
    grid = np.array([[(25 + 32 * c, 30 + 34 * r) for c in range(6)] for r in range(8)], float)
    grid += rng.normal(0, 5, grid.shape)
    for r in range(8):
        for c in range(6):
            for other in ((r, c + 1), (r + 1, c)):
                if other[0] < 8 and other[1] < 6:
                    a, b = grid[r, c], grid[other]
                    pen.line((*(a * MM), *(b * MM)), fill=INK, width=3)
                    angle = -np.degrees(np.arctan2(*(b - a)[::-1]))
                    tag = Image.new("L", (round(12 * MM), round(4.5 * MM)), PAPER)
                    write(ImageDraw.Draw(tag), 0.5, 0, f"{np.hypot(*(b - a)):.2f}", 8)
                    turned = tag.rotate(angle, expand=True, fillcolor=PAPER, resample=Image.Resampling.BICUBIC)
                    x, y = (a + b) / 2 * MM
                    image.paste(turned, (round(x - turned.width / 2), round(y - turned.height / 2)))
            if r < 7 and c < 5:
                x, y = grid[r : r + 2, c : c + 2].reshape(4, 2).mean(axis=0) + rng.normal(0, 2, 2)
                write(pen, x - 4, y - 3, str(int(rng.integers(1, 400))), 11)
    return done(image, rng)


def card(rng: np.random.Generator) -> Image.Image:
    """An identity card: ground with a pattern, portrait, emblem, eight short lines."""
    width, height = round(85.6 * MM), round(54 * MM)
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    ground = 212 + 12 * np.sin(x / 7 + 9 * np.sin(y / 40)) + 8 * np.sin(y / 5 + 7 * np.sin(x / 50))
    image = Image.fromarray(ground.astype(np.uint8))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width - 1, height - 1), outline=120, width=3)
    portrait = Image.fromarray(photograph(rng)).resize((round(21 * MM), round(28 * MM)))
    image.paste(portrait, (round(4 * MM), round(20 * MM)))
    pen.ellipse((5 * MM, 4 * MM, 17 * MM, 16 * MM), outline=90, width=6)
    write(pen, 22, 3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 6.5, "Bold")
    write(pen, 33, 6.5, "Độc lập - Tự do - Hạnh phúc", 6)
    write(pen, 30, 11, "CĂN CƯỚC CÔNG DÂN", 10, "Bold")
    rows = ("Số: 001 085 012 345", "Họ và tên: TRẦN QUỐC BÌNH", "Ngày sinh: 02/09/1985", "Giới tính: Nam", "Hòa Phú")
    for n, text in enumerate(rows):
        write(pen, 29, 18 + 5.5 * n, text, 7.5)
    return image


def _lay(image: Image.Image, piece: Image.Image, angle: float, where: tuple[float, float]) -> None:
    turned = piece.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    mask = Image.new("L", piece.size, 255).rotate(angle, expand=True)
    image.paste(turned, (round(where[0] * MM), round(where[1] * MM)), mask)


def card_copy(rng: np.random.Generator) -> Pixels:
    image, _ = sheet()
    _lay(image, card(rng), float(rng.uniform(4, 11)) * float(rng.choice((-1, 1))), (55, 70))
    return done(image, rng)


def bare_card_copy(rng: np.random.Generator) -> Pixels:
    """A copy so light that neither the card's edge nor its ground is left."""
    return np.where(card_copy(rng) > 165, 245, 40).astype(np.uint8)


def two_cards(rng: np.random.Generator) -> Pixels:
    """Front and back, each as it fell onto the glass."""
    image, _ = sheet()
    _lay(image, card(rng), float(rng.uniform(2, 9)), (55, 40))
    _lay(image, card(rng), -float(rng.uniform(2, 9)), (55, 160))
    return done(image, rng)


def two_cards_in_a_row(rng: np.random.Generator) -> Pixels:
    image, _ = sheet()
    _lay(image, card(rng), float(rng.uniform(2, 9)), (6, 40))
    _lay(image, card(rng), -float(rng.uniform(2, 9)), (108, 44))
    return done(image, rng)


def two_cards_alike(rng: np.random.Generator) -> Pixels:
    image, _ = sheet()
    angle = float(rng.uniform(3, 9))
    _lay(image, card(rng), angle, (55, 40))
    _lay(image, card(rng), angle, (58, 160))
    return done(image, rng)


def empty_grid(rng: np.random.Generator) -> Pixels:
    """A form of rules and no words."""
    image, pen = sheet()
    for row in range(30):
        pen.line((18 * MM, (24 + 8 * row) * MM, 192 * MM, (24 + 8 * row) * MM), fill=INK, width=2)
    for column in range(7):
        pen.line(((18 + 29 * column) * MM, 24 * MM, (18 + 29 * column) * MM, 256 * MM), fill=INK, width=2)
    return done(image, rng)


def floor_plan(rng: np.random.Generator) -> Pixels:
    """Walls, doors and a few names of rooms."""
    image, pen = sheet()
    for box in ((30, 40, 100, 110), (100, 40, 180, 90), (30, 110, 120, 190), (120, 90, 180, 190)):
        pen.rectangle([v * MM for v in box], outline=INK, width=14)
        pen.arc([v * MM for v in (box[0], box[1], box[0] + 20, box[1] + 20)], 0, 90, fill=INK, width=3)
    for x, y, name in ((50, 70, "P. KHÁCH"), (130, 62, "P. NGỦ"), (60, 150, "BẾP"), (140, 140, "SÂN")):
        write(pen, x, y, name, 12)
    for _ in range(14):
        write(pen, float(rng.uniform(35, 165)), float(rng.uniform(45, 185)), f"{int(rng.integers(900, 9000))}", 8)
    return done(image, rng)


WITHOUT_LINES: dict[str, Maker] = {
    "photograph": photograph,
    "photograph with rows": brick_wall,
    "photograph on paper": photograph_on_paper,
    "parcel map": parcel_map,
    "floor plan": floor_plan,
    "identity card": card_copy,
    "identity card, light copy": bare_card_copy,
    "two cards": two_cards,
    "two cards in a row": two_cards_in_a_row,
    "two cards alike": two_cards_alike,
    "empty grid": empty_grid,
}
