"""A paper that was scanned twice is known again; the same form of other people, and another page, are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.batch.rescans import rescans
from pipeline.imaging.fingerprint import fingerprint, unlike
from storage.manifest import PageRecord, SourceRecord

TEXT = (
    "TỜ KHAI ĐĂNG KÝ KHAI SINH Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Thu Hà Nơi cư trú: Khu phố 3, xã Liên Hương "
    "Giấy tờ tùy thân: 060190001234 Ngày sinh: 15/07/1990 Họ, chữ đệm, tên: Nguyễn Gia Bảo Ngày sinh: 02/09/2025"
)
LOOK, NEAR, FAR = "0f0f0f0f0f0f0f0f", "0f0f0f0f0f0f0ff0", "f0f0f0f00f0f0f0f"


def page(number: int, text: str, look: str | None = LOOK, scan: int | None = None) -> tuple[PageRecord, str]:
    record = PageRecord(
        section="records",
        number=number,
        source=SourceRecord(file="a.jpg", sha256=f"{scan if scan is not None else number:064x}", page=1),
        width=2480,
        height=3508,
        dpi=(300.0, 300.0),
        quarter_turns=0,
        orientation_confidence=1.0,
        skew=0.0,
        skew_confidence=1.0,
        deskewed_by=0.0,
        engine="tesseract 5",
        words=len(text.split()),
        confidence=90.0,
        fingerprint=look,
    )
    return record, text


def told(*pages: tuple[PageRecord, str]) -> list[tuple[int | None, str]]:
    return [(f.page, f.message) for f in rescans(pages)]


def test_a_paper_scanned_again_is_told_with_the_page_it_was_before() -> None:
    misread = TEXT.replace("Liên Hương", "Liên Hưong").replace("khai sinh", "khai sính")
    ((number, message),) = told(page(1, "Một trang khác hẳn " * 5, FAR), page(2, TEXT), page(3, misread, NEAR))
    assert number == 3 and "trang 2" in message and "page 2 of records" in message


@pytest.mark.parametrize(
    ("text", "look"),
    [
        (TEXT.replace("060190001234", "059188004321").replace("15/07/1990", "20/11/1988"), LOOK),  # other figures
        (TEXT.replace("Nguyễn Thị Thu Hà", "Đinh Hồng Nhung").replace("Gia Bảo", "Bá Khôi"), LOOK),  # other names
        (TEXT, FAR),  # looks otherwise
        (TEXT, None),  # of before looks were kept
    ],
)
def test_the_form_of_somebody_else_is_another_paper(text: str, look: str | None) -> None:
    assert told(page(1, TEXT), page(2, text, look)) == []


def test_what_is_hardly_printed_and_the_very_same_scan_are_left_to_others() -> None:
    assert told(page(1, "Trang 2"), page(2, "Trang 2")) == []
    assert told(page(1, TEXT), page(2, TEXT, scan=1)) == []


def test_each_page_is_told_of_once() -> None:
    assert [number for number, _ in told(*(page(n, TEXT) for n in (1, 2, 3)))] == [2, 3]


def test_looks_are_kept_through_brightness_skew_and_resolution() -> None:
    rng = np.random.default_rng(1)
    papers = []
    for _ in range(6):
        shade = np.zeros((585, 414), np.uint8)
        for y in range(40, 540, 12):
            left, right = sorted(rng.integers(30, 390, 2))
            shade[y : y + 6, left:right] = 200
        papers.append(shade)
    looks = [fingerprint(shade) for shade in papers]
    for shade, look in zip(papers, looks, strict=True):
        turn = cv2.getRotationMatrix2D((207, 292), 0.4, 1.0)
        level = np.asarray(cv2.warpAffine(shade, turn, (414, 585)), np.uint8)
        small = np.asarray(cv2.resize(level, (276, 390), interpolation=cv2.INTER_AREA), np.uint8)
        assert unlike(look, fingerprint(small // 2)) <= 8
    others = [unlike(a, b) for n, a in enumerate(looks) for b in looks[:n]]
    assert min(others) > 8, "pages of other lines look otherwise"
