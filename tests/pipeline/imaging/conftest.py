"""Pages drawn for the tests of imaging: print on paper, by a known angle, turn and dpi."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scanners.base import PageSource, ScannedPage

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
LINES = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "TỜ KHAI ĐĂNG KÝ KHAI SINH",
    "Kính gửi: Ủy ban nhân dân xã Hòa Phú, huyện Tuy Sơn",
    "Họ, chữ đệm, tên người yêu cầu: Trần Quốc Bình",
    "Nơi cư trú: khu phố 3, thị trấn Liên Hà, tỉnh Nam Thuận",
    "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:",
    "Ngày, tháng, năm sinh: 02/09/2023 ghi bằng chữ: ngày hai",
]


def draw(dpi: int = 200, lines: list[str] = LINES, repeat: int = 3, ink: int = 25) -> Image.Image:
    page = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 245)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, round(13 / 72 * dpi))
    for number, line in enumerate(lines * repeat):
        pen.text((dpi, dpi * (0.9 + 0.36 * number)), line, font=font, fill=ink)
    return page


def scanned(image: Image.Image, dpi: float = 200.0) -> ScannedPage:
    out = BytesIO()
    image.save(out, "PNG")
    return ScannedPage(
        PageSource("page.png", "0" * 64, 0), out.getvalue(), "image/png", image.width, image.height, (dpi, dpi)
    )


def noise(seed: int, shape: tuple[int, int] = (1600, 1100)) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


@pytest.fixture(scope="session")
def drawn() -> Callable[..., Image.Image]:
    return draw


@pytest.fixture(scope="session")
def as_scanned() -> Callable[..., ScannedPage]:
    return scanned
