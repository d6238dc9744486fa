"""An ID card's code settles what the print says; where they differ a person is told, without a value being quoted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.understanding.pages import PageInput
from pipeline.understanding.understand import Understanding, understand
from scanners.identity_card import IdentityCard, parse
from sohoa.ids import Section

Pages = Callable[..., PageInput]
PAYLOAD = "059190001234|261234567|Trần Thị Mỹ Lệ|15071990|Nữ|Khu phố 3, Liên Hà, Tuy Sơn, Nam Thuận|10052021"
CARD = IdentityCard(
    "059190001234", "Trần Thị Mỹ Lệ", dt.date(1990, 7, 15), "Nữ", "Khu phố 3, Liên Hà, Tuy Sơn, Nam Thuận",
    dt.date(2021, 5, 10),
)  # fmt: skip
FRONT = """\
^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
^Độc lập - Tự do - Hạnh phúc

^CĂN CƯỚC CÔNG DÂN
^Citizen Identity Card
Số / No.: 059190001234
Họ và tên / Full name: TRẦN THỊ MỸ LỆ
Ngày sinh / Date of birth: 15/07/1990
Giới tính / Sex: Nữ
Nơi thường trú / Place of residence: Khu phố 3, Liên Hà
"""


def read(page: PageInput, *cards: IdentityCard) -> Understanding:
    return understand(None, {Section.RECORDS: [replace(page, cards=cards)]}, None)


def fields(found: Understanding) -> dict[str, str]:
    return {one.name: one.value for document in found.documents for one in document.fields}


def differing(found: Understanding) -> list[str]:
    return [f.message for f in found.findings if f.code == "card-differs"]


def test_the_payload_of_a_card() -> None:
    assert parse(PAYLOAD.encode()) == CARD
    assert parse(f"{PAYLOAD}||Trần Văn Ba|Lê Thị Tư".encode()) == CARD, "cards of 2024 say more"
    assert parse(PAYLOAD.replace("261234567", "").encode()) == CARD, "not everybody had a former number"
    assert "059190001234" not in repr(CARD) and "Mỹ Lệ" not in f"{CARD}"


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"\xff|1", "059190001234|Trần".encode(), PAYLOAD.replace("0591", "591").encode(),
        PAYLOAD.replace("15071990", "31021990").encode(), PAYLOAD.replace("|Nữ|", "|X|").encode(), b"https://example.com",
    ],
)  # fmt: skip
def test_other_codes_are_no_cards(payload: bytes) -> None:
    assert parse(payload) is None


def test_what_is_printed_becomes_sure(page: Pages) -> None:
    found = read(page(FRONT), CARD)
    wanted = {"so_dinh_danh": "059190001234", "ho_ten": "Trần Thị Mỹ Lệ", "ngay_sinh": "1990-07-15", "gioi_tinh": "Nữ"}
    assert wanted.items() <= fields(found).items() and differing(found) == []
    settled = [one for one in found.documents[0].fields if one.name in wanted]
    assert all(one.confidence == 0.99 and one.box is not None for one in settled)


def test_misread_letters_are_put_right_in_silence(page: Pages) -> None:
    found = read(page(FRONT.replace("TRẦN THỊ MỸ LỆ", "TRÂN THI MY LÊ").replace("Giới tính / Sex: Nữ\n", "")), CARD)
    assert fields(found)["ho_ten"] == "Trần Thị Mỹ Lệ" and fields(found)["gioi_tinh"] == "Nữ"
    assert differing(found) == []


def test_a_wrong_digit_is_never_given_and_is_told_without_the_value(page: Pages) -> None:
    found = read(page(FRONT.replace("059190001234", "059190007234")), CARD)
    assert fields(found)["so_dinh_danh"] == "059190001234"
    (message,) = differing(found)
    assert "Số định danh" in message and "0591" not in message


def test_a_card_whose_print_cannot_be_read_is_known_by_its_code(page: Pages) -> None:
    found = read(page("~ | ;. x# 0q\nzj =— kw"), CARD)
    (document,) = found.documents
    assert document.type.id == "cccd" and document.type.evidence[0].phrase == "QR"
    assert fields(found)["so_dinh_danh"] == "059190001234"
    assert not [f for f in found.findings if f.code == "document-type-unknown"]


def test_of_two_cards_on_a_page_the_printed_number_tells(page: Pages) -> None:
    other = replace(CARD, number="059088004321", name="Lê Văn Ba", gender="Nam")
    assert fields(read(page(FRONT), other, CARD))["ho_ten"] == "Trần Thị Mỹ Lệ"
    unread = FRONT.replace("Số / No.: 059190001234\n", "")
    assert "so_dinh_danh" not in fields(read(page(unread), other, CARD)), "not sure whose it is: nothing is given"


def test_a_code_on_another_paper_changes_nothing(page: Pages, texts: dict[str, str]) -> None:
    assert read(page(texts["birth_note"]), CARD).documents == read(page(texts["birth_note"])).documents
