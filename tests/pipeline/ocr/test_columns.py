"""The order of a page: columns of running text one after the other, forms and tables in visual lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from pictured import ENGINES, FONTS, Page, lines
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from pipeline.ocr.columns import columns
from pipeline.ocr.engines import EngineName, engine
from pipeline.ocr.grid import grid

DPI = 200
MM = DPI / 25.4
PITCH = 5.2 * MM
LINES = 25
TITLE, FOOTER = (
    "HỢP ĐỒNG THUÊ QUYỀN SỬ DỤNG ĐẤT VÀ TÀI SẢN GẮN LIỀN VỚI ĐẤT",
    "Hợp đồng này được lập thành bốn bản, mỗi bên giữ hai bản có giá trị như nhau.",
)
LEFT = (
    "Bên cho thuê đồng ý cho bên thuê được sử dụng thửa đất nói trên cùng với toàn bộ nhà ở và các công trình "
    "đã xây dựng trên đất đó trong thời hạn mười năm kể từ ngày hai bên ký vào bản hợp đồng này. Tiền thuê đất "
    "được trả làm hai kỳ trong một năm, kỳ đầu vào tháng sáu và kỳ sau vào tháng mười hai, bằng tiền mặt hoặc "
    "chuyển khoản vào tài khoản của bên cho thuê mở tại ngân hàng. "
)
RIGHT = (
    "Người thuê phải giữ gìn nhà cửa, không được tự ý đập phá hay thay đổi cấu trúc khi chưa có sự chấp thuận "
    "bằng văn bản của chủ sở hữu, và phải sửa chữa những hư hỏng do mình gây ra trong quá trình sinh sống. Mọi "
    "tranh chấp phát sinh trước hết được giải quyết bằng thương lượng; nếu không thành thì một trong các bên có "
    "quyền yêu cầu tòa án nhân dân nơi có bất động sản giải quyết theo quy định của pháp luật. "
)


class Sheet:
    """An A4 page to draw on, in mm."""

    def __init__(self) -> None:
        self.picture = Image.new("L", (round(210 * MM), round(297 * MM)), 255)
        self.pen = ImageDraw.Draw(self.picture)

    def text(self, x: float, y: float, text: str, style: str = "Regular", anchor: str = "ls") -> None:
        self.pen.text((x * MM, y * MM), text, font=face(style), fill=20, anchor=anchor)

    @property
    def page(self) -> Page:
        return Page(np.array(self.picture))


def face(style: str = "Regular") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS.format(style), round(12 / 72 * DPI))


def wrapped(text: str, width: float) -> list[str]:
    """``LINES`` lines of the text, over and over, of at most ``width`` mm."""
    lines = [""]
    for word in (text * 4).split():
        longer = f"{lines[-1]} {word}".strip()
        if face().getlength(longer) <= width * MM:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines[:LINES]


def contract(lower: float) -> Page:
    """A title, two columns of text of which the left one stands ``lower`` mm lower, and a line below them."""
    sheet = Sheet()
    sheet.text(105, 30, TITLE, "Bold", "ms")
    for x, y, text in ((20, 45 + lower, LEFT), (109, 45, RIGHT)):
        for number, line in enumerate(wrapped(text, 81)):
            sheet.text(x, y + number * PITCH / MM, line)
    sheet.text(20, 50 + LINES * PITCH / MM, FOOTER)
    return sheet.page


def form() -> Page:
    """Labels with their values in two columns, on dotted lines."""
    sheet = Sheet()
    sheet.text(105, 30, "TỜ KHAI ĐĂNG KÝ THAY ĐỔI THÔNG TIN CƯ TRÚ", "Bold", "ms")
    pairs = [("Họ và tên người khai:", "Nguyễn Thị Thu Hà"), ("Nơi thường trú của hộ:", "thôn Suối Đá, xã Bình Lâm")]
    for number in range(22):
        label, value = pairs[number % 2]
        for x in (20, 112):
            sheet.text(x, 45 + number * 6.5, f"{label} {value if number % 3 else '.' * 30}")
    return sheet.page


def table(cells: Sequence[tuple[int, int]]) -> Page:
    """Two wide columns of text, whose cells have so many lines in turn, with the rules taken out."""
    sheet = Sheet()
    texts = wrapped(LEFT, 76), wrapped(RIGHT, 76)
    y = 40.0
    for row in range(36 // sum(map(max, cells)) * len(cells)):
        for x, count, text in zip((22, 112), cells[row % len(cells)], texts, strict=True):
            for number in range(count):
                sheet.text(x, y + number * PITCH / MM, text[row + number])
        y += (max(cells[row % len(cells)]) + 0.4) * PITCH / MM
    return sheet.page


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("lower", [0.0, 2.3])
def test_columns_of_running_text_are_read_one_after_the_other(name: EngineName, lower: float) -> None:
    read = lines(engine(name, "vie").read(contract(lower), 60).words)
    truth = [TITLE, *wrapped(LEFT, 81), *wrapped(RIGHT, 81), FOOTER]
    assert len(read) == len(truth)
    assert Levenshtein.distance(" ".join(read), " ".join(truth)) <= 0.01 * len(" ".join(truth))


def test_a_last_page_has_a_short_right_column() -> None:
    picture = contract(2.3).recognition.copy()
    picture[round(100 * MM) :, round(105 * MM) :] = 255
    left, right = columns(grid(picture, DPI))
    assert left.right == right.left and (left.top, left.bottom) == (right.top, right.bottom)
    assert (picture[left.top : left.bottom, left.right] > 200).all()


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(form(), id="labels and values"),
        pytest.param(table([(1, 3), (3, 1), (2, 2)]), id="table"),
        pytest.param(table([(8, 6), (5, 7)]), id="table of long cells"),
    ],
)
def test_forms_and_tables_are_not_parted(page: Page) -> None:
    assert columns(grid(page.recognition, DPI)) == []


PROCEDURE = [
    ("Bước 1", "Tiếp nhận, kiểm tra hồ sơ, quét và|chuyển hồ sơ đến phòng chuyên môn", "Bộ phận|một cửa", "0,5 ngày"),
    (
        "Bước 2",
        "Thẩm định hồ sơ, xác minh tình|trạng chỗ ở hợp pháp, diện tích nhà|ở tối thiểu để đăng ký thường trú",
        "Công chức|tư pháp",
        "01 ngày|làm việc",
    ),
    ("Bước 3", "Đóng dấu, số hóa kết quả và trả|cho người nộp hồ sơ", "Văn thư,|cán bộ xã,|công chức", "Trong|buổi"),
]


def procedure() -> Page:
    """A table of steps, whose cells stand in the middle of their row: their lines are not level with each other."""
    sheet = Sheet()
    sheet.text(105, 30, "QUY TRÌNH GIẢI QUYẾT THỦ TỤC ĐĂNG KÝ THƯỜNG TRÚ", "Bold", "ms")
    y = 42.0
    for row in PROCEDURE * 3:
        cells = [cell.split("|") for cell in row]
        most = max(map(len, cells))
        for x, cell in zip((20, 42, 118, 155), cells, strict=True):
            for number, line in enumerate(cell):
                sheet.text(x, y + (number + (most - len(cell)) / 2) * PITCH / MM, line)
        y += (most + 0.5) * PITCH / MM
    return sheet.page


@pytest.mark.parametrize("name", ENGINES)
def test_every_cell_of_a_table_is_read_in_lines_across_the_page(name: EngineName) -> None:
    read = lines(engine(name, "vie").read(procedure(), 60).words)
    cells = [line for row in PROCEDURE for cell in row for line in cell.split("|")]
    assert {cell: sum(cell in line for line in read) for cell in cells} == dict.fromkeys(cells, 3)
    assert sum(cell in line for line in read for cell in cells) > len(read)
