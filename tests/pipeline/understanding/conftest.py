"""Pages built from plain text, as recognition would deliver them: words with boxes, on A4 at 200 dpi."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

import pytest

from pipeline.model import Box, PageText, Word
from pipeline.understanding.pages import PageInput

CHAR, LINE, TEXT_HEIGHT = 13, 40, 26

PageMaker = Callable[..., PageInput]


def build_page(
    text: str, *, width: int = 1654, height: int = 2339, dpi: float = 200.0, confidence: float = 92.0, top: int = 110
) -> PageInput:
    """Lay ``text`` out: a line that begins with ^ is centred, with > at the right; three blanks part columns."""
    words: list[Word] = []
    for number, line in enumerate(text.strip("\n").split("\n")):
        content = line.lstrip("^> ") if line[:1] in "^>" else line.rstrip()
        left = {"^": (width - len(content) * CHAR) // 2, ">": width - 130 - len(content) * CHAR}.get(line[:1], 170)
        y = top + number * LINE
        for match in re.finditer(r"\S+", content):
            box = Box(left + match.start() * CHAR, y, left + match.end() * CHAR, y + TEXT_HEIGHT)
            words.append(Word(unicodedata.normalize("NFC", match[0]), box, confidence, number))
    return PageInput(PageText(tuple(words), "test"), width, height, (dpi, dpi))


def damage(text: str, seed: int, rate: float = 0.06) -> str:
    """Do to ``text`` what recognition does: lost and changed marks, look-alike digits, a wrong letter in long words."""
    rng = random.Random(seed)
    return re.sub(r"[^\W\d_]+", lambda match: _damage_word(match[0], rng, rate), text)


def _damage_word(word: str, rng: random.Random, rate: float) -> str:
    if rng.random() >= rate * 4:
        return word
    kind = rng.choice(("lost", "changed", "digit", "letter"))
    decomposed = unicodedata.normalize("NFD", word)
    marks = [i for i, c in enumerate(decomposed) if unicodedata.combining(c)]
    if kind in ("lost", "changed") and marks:
        place = rng.choice(marks)
        swap = "" if kind == "lost" else rng.choice("\u0300\u0301\u0309\u0303")
        return unicodedata.normalize("NFC", decomposed[:place] + swap + decomposed[place + 1 :])
    if kind == "digit":
        return re.sub("[OoIl]", lambda m: {"O": "0", "o": "0", "I": "l", "l": "1"}[m[0]], word, count=1)
    if kind == "letter" and len(word) >= 5:
        place = rng.randrange(1, len(word))
        return word[:place] + ("X" if word.isupper() else "x") + word[place + 1 :]
    return word


HEAD = """\
ỦY BAN NHÂN DÂN           CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ LIÊN HƯƠNG                Độc lập - Tự do - Hạnh phúc
"""
OFFICE_HEAD = HEAD + "Số: 145/QĐ-UBND                 Liên Hương, ngày 15 tháng 9 năm 2025\n"
MOTTO_HEAD = "^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n^Độc lập - Tự do - Hạnh phúc\n"

BIRTH_FORM = (
    MOTTO_HEAD
    + """
^TỜ KHAI ĐĂNG KÝ KHAI SINH
^Kính gửi: Ủy ban nhân dân xã Liên Hương
Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Thu Hà
Ngày, tháng, năm sinh: 15/07/1990
Nơi cư trú: Khu phố 3, xã Liên Hương, tỉnh Lâm Đồng
Giấy tờ tùy thân: CCCD số 060190001234
Quan hệ với người được khai sinh: mẹ
Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:
Họ, chữ đệm, tên: Nguyễn Gia Bảo
Nơi sinh: Bệnh viện Đa khoa khu vực Bắc Bình Thuận
Họ, chữ đệm, tên người mẹ: Nguyễn Thị Thu Hà
Họ, chữ đệm, tên người cha: Trần Văn Bình
>Liên Hương, ngày 05 tháng 9 năm 2025
"""
)
BIRTH_NOTE = (
    HEAD
    + """
^GIẤY CHỨNG SINH
Họ và tên mẹ: Nguyễn Thị Thu Hà
Đã sinh con vào lúc: 07 giờ 45 phút, ngày 02 tháng 09 năm 2025
Tại: Bệnh viện Đa khoa khu vực Bắc Bình Thuận
Số con trong lần sinh này: 01
Cân nặng: 3200 gram
Người đỡ đẻ: Lê Thị Sương
"""
)
SLIP = """\
ỦY BAN NHÂN DÂN           CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ LIÊN HƯƠNG                Độc lập - Tự do - Hạnh phúc
BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ
Mã hồ sơ: H11.35-250905-0012

^GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ
Tiếp nhận hồ sơ của: Nguyễn Thị Thu Hà
Số điện thoại: 0912 345 678
Thủ tục hành chính cần giải quyết: Đăng ký khai sinh
1. Thành phần hồ sơ nộp gồm:
STT    Tên giấy tờ                      Loại
1      Tờ khai đăng ký khai sinh        Bản chính
2      Giấy chứng sinh                  Bản chính
3      GIẤY CHỨNG NHẬN KẾT HÔN          Bản sao
2. Số lượng hồ sơ: 01 (bộ)
4. Thời gian nhận hồ sơ: 08 giờ 15 phút, ngày 05 tháng 9 năm 2025
5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 08/09/2025
^NGƯỜI NỘP HỒ SƠ          NGƯỜI TIẾP NHẬN HỒ SƠ
"""
CONTRACT_PAGES = (
    MOTTO_HEAD
    + """
^HỢP ĐỒNG CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT
Chúng tôi gồm có:
BÊN CHUYỂN NHƯỢNG (BÊN A): ông Võ Thành Trung
BÊN NHẬN CHUYỂN NHƯỢNG (BÊN B): bà Phạm Thị Út
Điều 1. Quyền sử dụng đất chuyển nhượng
a) Thửa đất số: 215; Tờ bản đồ số: 34
c) Diện tích: 1.250,5 m2
Căn cứ Giấy chứng nhận quyền sử dụng đất số DK 700320 do Sở cấp ngày 12/03/2019
""",
    """\
^2
Điều 2. Giá chuyển nhượng và phương thức thanh toán
Giá chuyển nhượng quyền sử dụng đất là: 450.000.000 đồng
Phương thức thanh toán: tiền mặt, hai bên tự giao nhận
và chịu trách nhiệm trước pháp luật
""",
    """\
^3
lệ phí và thuế liên quan do bên nhận chuyển nhượng nộp
Điều 4. Trách nhiệm nộp thuế, lệ phí
Hai bên đã đọc lại và cùng ký tên dưới đây
""",
)


@pytest.fixture(scope="session")
def page() -> PageMaker:
    """Make a page from text."""
    return build_page


@pytest.fixture(scope="session")
def worn() -> Callable[..., str]:
    """Damage a text as recognition does; the same seed does the same damage."""
    return damage


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Texts of papers about invented people, by what they are."""
    return {
        "head": HEAD,
        "office_head": OFFICE_HEAD,
        "motto_head": MOTTO_HEAD,
        "birth_form": BIRTH_FORM,
        "birth_note": BIRTH_NOTE,
        "slip": SLIP,
        **{f"contract_{n}": text for n, text in enumerate(CONTRACT_PAGES, 1)},
    }
