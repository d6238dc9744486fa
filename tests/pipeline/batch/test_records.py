"""Pages' text in the archive: what was read is kept beside what was put right, and older archives stay readable."""

from __future__ import annotations

import json

import zstandard

from pipeline.batch.records import page_text, page_text_record
from pipeline.events import RepairPart
from pipeline.model import Box, PageText, Word
from sohoa.ids import Section
from storage.pagetext import decode_page_texts, encode_page_texts

BOX = Box(10, 10, 60, 30)
TEXT = PageText(
    (Word("sửa", BOX, 96, 0), Word("đổi,", BOX, 81, 0, "đôi,"), Word("bổ", BOX, 70, 1, "bỗ"), Word("sung", BOX, 96, 1)),
    "engine",
)


def test_what_was_read_goes_into_the_archive_and_comes_back() -> None:
    record = page_text_record(TEXT, Section.RESULTS, 2)
    (stored,) = decode_page_texts(encode_page_texts([record]), "key")
    assert page_text(stored, "engine") == TEXT
    assert stored.text == "sửa đổi,\nbổ sung"
    assert [(part.page, part.read, part.text) for part in RepairPart.of(stored)] == [
        (2, "đôi,", "đổi,"),
        (2, "bỗ", "bổ"),
    ]


def test_a_page_archived_before_words_were_put_right_is_read_as_it_was() -> None:
    line = {"section": "results", "page": 1, "text": "bỗ sung", "boxes": [[1, 1, 9, 9]] * 2, "confidences": [70, 96]}
    (stored,) = decode_page_texts(zstandard.ZstdCompressor().compress(json.dumps(line).encode() + b"\n"), "key")
    assert [word.read for word in page_text(stored, "engine").words] == [None, None]
    assert list(RepairPart.of(stored)) == []
