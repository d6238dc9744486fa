"""The catalogue made ready for matching, once per process: titles, supporting phrases, vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.catalogue.entries import Catalogue, DocType
from pipeline.catalogue.loading import catalogue
from pipeline.understanding.matching import Matcher, Phrase, syllables

GAP, LINE_END = "…", "$"
NATIONAL_HEADING = Phrase("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = Phrase("Độc lập Tự do Hạnh phúc")
CERTIFICATE_INNER = tuple(
    map(
        Phrase,
        (
            "NỘI DUNG THAY ĐỔI VÀ CƠ SỞ PHÁP LÝ",
            "XÁC NHẬN CỦA CƠ QUAN CÓ THẨM QUYỀN",
            "THỬA ĐẤT NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
            "NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN",
            "SƠ ĐỒ THỬA ĐẤT NHÀ Ở VÀ TÀI SẢN KHÁC",
        ),
    )
)
"""Headings of a land certificate's inner pages."""
_COMMON_WORDS = """
    của và có được các cho tại trong người này với không đã theo từ là những một thì về đến khi để do như trên
    ông bà anh chị tôi cháu con cha mẹ vợ chồng sinh năm tháng ngày thường trú địa chỉ nghề nghiệp xã phường thị trấn
    huyện tỉnh thành phố thôn ấp khóm khu đường số nhà đất chủ tịch phó giám đốc ký tên đóng dấu nơi nhận lưu văn thư
    việt nam cộng hòa hạnh phúc độc lập tự nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý thị
"""


@dataclass(frozen=True, slots=True)
class Title:
    """One title of a type: its ``parts`` follow each other with at most a short gap between them."""

    doctype: DocType
    text: str
    parts: tuple[Phrase, ...]
    whole_line: bool
    length: int
    shapes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Support:
    """A phrase of the printed form that speaks for a type, with its weight (0–1): long and rare phrases weigh more."""

    doctype: DocType
    phrase: Phrase
    weight: float


@dataclass(frozen=True)
class Rules:
    """Everything that page understanding compares with."""

    catalogue: Catalogue
    matcher: Matcher
    titles: tuple[Title, ...]
    support: tuple[Support, ...]


@lru_cache(maxsize=2)
def rules(folder: Path | None = None) -> Rules:
    """Return the rules of the catalogue (with an installation's own ``folder``), made on the first call."""
    return make_rules(catalogue(folder))


def make_rules(catalogue: Catalogue) -> Rules:
    """Return the rules that follow from ``catalogue``."""
    texts = [text for t in catalogue.doctypes for text in (t.name_vi, *t.titles, *t.phrases)]
    texts += [p.name for p in catalogue.procedures]
    texts += [_COMMON_WORDS, NATIONAL_HEADING.text, MOTTO.text, *(p.text for p in CERTIFICATE_INNER)]
    vocabulary = {s.plain for text in texts for s in syllables(text)}
    titles = tuple(_title(t, text) for t in catalogue.doctypes for text in t.titles)
    return Rules(catalogue, Matcher(vocabulary), titles, tuple(_support(catalogue)))


def _title(doctype: DocType, text: str) -> Title:
    whole_line = text.endswith(LINE_END)
    parts = tuple(Phrase(part) for part in text.removesuffix(LINE_END).split(GAP))
    return Title(doctype, text, parts, whole_line, sum(map(len, parts)), frozenset(s.shape for s in parts[0].syllables))


def _support(catalogue: Catalogue) -> list[Support]:
    """Weigh each phrase by its length and by how many types print it; a type's own title is no support."""
    compiled = {text: Phrase(text) for t in catalogue.doctypes for text in (*t.titles, *t.phrases)}
    titles = {compiled[text].key for t in catalogue.doctypes for text in t.titles}
    lengths = {len(phrase) for phrase in compiled.values()}
    printed = Counter(
        part for t in catalogue.doctypes for part in _parts((compiled[x].key for x in (*t.titles, *t.phrases)), lengths)
    )
    found = []
    for doctype in catalogue.doctypes:
        for text in doctype.phrases:
            phrase = compiled[text]
            if phrase.key in titles or not phrase.key:
                continue
            length = 4 if phrase.syllables[0].exact == "mẫu" else len(phrase) - 1
            found.append(Support(doctype, phrase, max(0.05, min(1.0, length / 4)) / printed[phrase.key]))
    return found


def _parts(keys: Iterable[tuple[str, ...]], lengths: Collection[int]) -> set[tuple[str, ...]]:
    """Return all that stands in ``keys`` in one piece and has one of ``lengths``."""
    return {key[i : i + n] for key in keys for n in lengths for i in range(len(key) - n + 1)}
