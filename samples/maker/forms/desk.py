"""Papers of the one-stop desk: the receipt slip and the control slip."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import zxingcpp
from PIL import Image

from samples.maker.blocks import Draw, Head, P, Sign, Signs, Table, Title, fields
from samples.maker.flow import A4, Composer, Document, Paper
from samples.maker.forms.offices import Office
from samples.maker.people import Person, dmy, words
from samples.maker.sheet import PX


@dataclass(frozen=True)
class Case:
    """What the desk knows of a dossier: the slip repeats it, and other papers quote it."""

    dossier: str
    procedure: str
    """The procedure's code."""
    name: str
    """The procedure's name, as the slip prints it."""
    person: Person
    office: Office
    received: dt.date
    due: dt.date
    officer: str
    papers: tuple[tuple[str, str], ...]
    """Name and kind (bản chính, bản sao) of each paper on the checklist."""


def bar_code(text: str, width: float, height: float, x: float, over: bool = False) -> Draw:
    """Return a Code 128 of ``text``, ``width`` × ``height`` mm, with its left end ``x`` mm from the margin.

    ``over`` lets the next block start at the same height, beside it.
    """

    def draw(page: Composer) -> None:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=4)
        image = Image.fromarray(255 - np.array(code))
        image = image.resize((round(width * PX), round(height * PX)), Image.Resampling.NEAREST)
        left, top = page.left + x, page.y + 1
        page.sheet.layer("toner").paste(image, (round(left * PX), round(top * PX)))
        page.sheet.unread.append((left, top, left + width, top + height))

    return Draw(0 if over else height + 2, draw)


def receipt(case: Case, paper: Paper = A4, size: float = 12.5, hand_phone: bool = False) -> Document:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (form 01 of Circular 01/2018/TT-VPCP)."""
    person, wide = case.person, paper.width > paper.height
    rows = tuple((str(i + 1), name, kind, "01") for i, (name, kind) in enumerate(case.papers))
    phone = f"~{person.phone}~" if hand_phone else person.phone
    blocks = (
        Head((*case.office.head, *case.office.desk), bold_from=len(case.office.head)),
        bar_code(case.dossier, 52, 7, 0.62 * (paper.width - 33), over=True)
        if wide
        else bar_code(case.dossier, 52, 8, 0),
        P(f"Mã hồ sơ: **{case.dossier}**", align="l"),
        Title(("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",), size=size + 1),
        *fields(
            f"Tiếp nhận hồ sơ của: **{person.name}**",
            f"Địa chỉ: {person.address}",
            f"Số điện thoại: {phone}",
            f"Thủ tục hành chính cần giải quyết: {case.name}",
            "1. Thành phần hồ sơ nộp gồm:",
        ),
        Table((1, 8.5, 2.6, 1.8), (("STT", "Tên giấy tờ", "Loại", "Số lượng"), *rows), "clcc", size=size - 1),
        *fields(
            "2. Số lượng hồ sơ: 01 (bộ)",
            f"3. Thời gian giải quyết hồ sơ theo quy định là: {_days(case)} ngày làm việc",
            f"4. Thời gian nhận hồ sơ: 08 giờ 15 phút, {words(case.received)}",
            f"5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, {words(case.due)}",
            f"6. Đăng ký nhận kết quả tại: {' '.join(case.office.desk).capitalize()}",
        ),
        Signs(
            (
                Sign(("NGƯỜI NỘP HỒ SƠ",), person.name, "(Ký và ghi rõ họ tên)"),
                Sign(("NGƯỜI TIẾP NHẬN HỒ SƠ",), case.officer, "(Ký và ghi rõ họ tên)"),
            ),
            room=15 if wide else 21,
        ),
    )
    truth = {
        "ma_ho_so": case.dossier,
        "nguoi_nop": person.name,
        "thu_tuc": case.name,
        "thoi_gian_nhan": case.received.isoformat(),
        "thoi_gian_tra": case.due.isoformat(),
        "so_bo": "01",
    }
    if not hand_phone:
        truth["sdt"] = person.phone
    return Document(
        "phieu_tiep_nhan",
        blocks,
        truth,
        (person.name, case.officer),
        paper=paper,
        size=size,
        leading=1.1 if wide else 1.2,
    )


def _days(case: Case) -> str:
    weekdays = sum(
        (case.received + dt.timedelta(n)).weekday() < 5 for n in range(1, (case.due - case.received).days + 1)
    )
    return f"{weekdays:02d}"


def control(case: Case, steps: tuple[tuple[str, dt.date, str, str], ...], paper: Paper = A4) -> Document:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (form 05); ``steps``: office, day, hours, result."""
    rows = tuple(
        (office, f"Giao: {hours}, ngày {dmy(day)}\nNgười giao: ~ký~\nNgười nhận: ~ký~", result, "<>")
        for office, day, hours, result in steps
    )
    blocks = (
        Head((*case.office.head, *case.office.desk), bold_from=len(case.office.head)),
        Title(("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",), size=13.5),
        *fields(
            f"Mã hồ sơ: **{case.dossier}**",
            f"Kèm theo hồ sơ của: **{case.person.name}**",
            f"Nội dung giải quyết: {case.name}",
            f"Ngày nhận: {dmy(case.received)}. Ngày hẹn trả kết quả: {dmy(case.due)}",
        ),
        Table(
            (3.2, 4.6, 3.4, 1.6),
            (("TÊN CƠ QUAN", "THỜI GIAN GIAO, NHẬN HỒ SƠ", "KẾT QUẢ GIẢI QUYẾT HỒ SƠ", "GHI CHÚ"), *rows),
            "lllc",
            size=11.5,
        ),
        P("//Ghi chú: Trường hợp chậm trễ, cơ quan, đơn vị ghi rõ lý do tại cột Ghi chú.//", size=11),
    )
    truth = {"ma_ho_so": case.dossier, "nguoi_nop": case.person.name}
    document = Document("phieu_kiem_soat", blocks, truth, (case.person.name,), paper=paper, size=12.5)
    return replace(document, leading=1.2)
