"""The grammar of syllables: what is printed in offices passes, what no Vietnamese word can be does not."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ocr.syllable import is_syllable
from sohoa.text import fold, match_form, nfc

ROOT = Path(__file__).resolve().parents[3]
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]

RIGHT = (
    "cộng hòa xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc giấy chứng nhận quyền sử dụng đất nguyễn thị mỹ lệ "
    "khuỷu khuya thuở quạ quý quốc quỳnh quyết gì gìn giếng giết giữa giỏi nghiêng nghề ghế ghi kỹ kèo ngoằn huệch "
    "yêu yết ý ỉa uyên uy ươm ưu âu ốc oách xoong moóc buýt rượu hươu tiễu bướu thuê huơ"
)
WRONG = (
    "đât câp quyêt tât họăc ngiã nghã ce cỷt kác gê ngê ghá nghủ qa qu iêu bcd xh thừc tỉp cảc "
    "krông đắk lắk brăh plei ksor hmông xerox zalo fax fôn"
)


@pytest.mark.parametrize("text", RIGHT.split())
def test_printed_syllables_pass_in_any_case(text: str) -> None:
    assert is_syllable(text)
    assert is_syllable(text.title())
    assert is_syllable(text.upper())


@pytest.mark.parametrize("text", ["", "12", "a1", "H'Mông", *WRONG.split()])
def test_what_cannot_be_is_refused(text: str) -> None:
    assert not is_syllable(nfc(text))


@pytest.mark.parametrize(("old", "new"), [("hòa", "hoà"), ("thúy", "thuý"), ("khỏe", "khoẻ"), ("ủy", "uỷ")])
def test_both_places_of_the_tone_are_right(old: str, new: str) -> None:
    assert is_syllable(old)
    assert is_syllable(new)
    assert match_form(old) == match_form(new)


def test_every_syllable_of_the_procedures_names_is_possible() -> None:
    with (ROOT / "pipeline/catalogue/data/procedures.csv").open(encoding="utf-8") as file:
        text = " ".join(row["name"] for row in csv.DictReader(file))
    small = {word for word in re.findall(r"[^\W\d_]+", nfc(text)) if word.islower()}
    assert len(small) > 100
    assert not {word for word in small if not is_syllable(word)}


LISTED = [
    line.split("\t")[0]
    for line in (ROOT / "pipeline/ocr/data/syllables.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def with_tone(syllable: str, tone: str) -> str | None:
    """Return the syllable with another tone at the place where it has one; None when it has none."""
    for place, letter in enumerate(syllable):
        marks = unicodedata.normalize("NFD", letter)
        if set(marks) & set(TONES[1:]):
            return nfc(
                syllable[:place] + "".join(m for m in marks if m not in TONES[1:]) + tone + syllable[place + 1 :]
            )
    return None


@given(st.sampled_from(LISTED), st.sampled_from(TONES))
def test_a_stop_takes_two_tones_and_every_other_end_all_six(syllable: str, tone: str) -> None:
    other = with_tone(syllable, tone)
    ends_in_stop = fold(syllable).endswith(("c", "ch", "p", "t"))
    assert other is None or is_syllable(other) == (not ends_in_stop or tone in ("\u0301", "\u0323"))


@given(st.text(alphabet="abcdđeghiklmnopqrstuvxyáàảãạâấầêếôốơớưứ", max_size=9))
def test_no_more_than_one_tone_and_no_bare_consonants(text: str) -> None:
    if is_syllable(text):
        assert sum(mark in TONES[1:] for mark in unicodedata.normalize("NFD", text)) <= 1
        assert set(fold(text)) & set("aeiouy")
