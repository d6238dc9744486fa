"""How fast search answers over many generated pages: p50 and p95 per kind of query, in milliseconds.

Run from the project's folder::

    python -m bench.search [--pages 100000] [--queries 200] [--keep FOLDER]

Each query asks for 20 hits with snippets and boxes and for the exact total, alone and with a unit and date filter;
``cpu`` is the processor's time, which other work on the machine disturbs less.  The pages are made up: syllables
built from Vietnamese onsets, rhymes and tones in a Zipf distribution, with names, set phrases, document numbers
and dates; 24 units, 40 procedures, twelve years.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sohoa.text import fold
from storage.search.base import BoxRow, Change, FeedEnd, IndexedDossier, IndexedPage, SearchRequest
from storage.search.tantivy_index import TantivyIndex


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ONSETS = _listed("b c ch d đ g gh gi h kh l m n ng nh p ph qu r s t th tr v x")
RHYMES = _listed(
    "a ai ao au ac ach am an ang anh ap at ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
    "ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oai oan oang oanh oat oc "
    "oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uât uc uê ui um un ung uôc uôi uôm uôn uông "
    "uôt up ut uy uyên uyêt ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ưu y yên yêu"
)
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
FAMILY = _listed("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý")
MIDDLE = _listed("Văn Thị Đức Minh Thanh Quốc Ngọc Hữu Xuân Thu")
GIVEN = _listed(
    "An Bình Chi Dũng Giang Hà Hải Hạnh Hoà Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Quân Sơn Tuấn Yến"
)
PHRASES = (
    "giấy chứng nhận quyền sử dụng đất",
    "cộng hoà xã hội chủ nghĩa việt nam",
    "độc lập tự do hạnh phúc",
    "đơn đăng ký biến động đất đai",
    "tờ khai đăng ký khai sinh",
    "uỷ ban nhân dân phường",
    "căn cứ luật tổ chức chính quyền địa phương",
    "phiếu hẹn trả kết quả",
    "sổ địa chính thửa đất số",
    "hợp đồng chuyển nhượng",
)
UNITS = tuple(f"H{province:02d}.{office}" for province in (11, 35, 60) for office in range(1, 9))
YEARS = range(2013, 2025)
PAGES_PER_DOSSIER = 8


@dataclass(frozen=True)
class Vocabulary:
    """Syllables, most frequent first, and the running sums of their Zipf weights."""

    syllables: tuple[str, ...]
    weights: tuple[float, ...]


def vocabulary(rng: random.Random, size: int = 6_600) -> Vocabulary:
    syllables = {_toned(onset + rhyme, tone) for onset in (*ONSETS, "") for rhyme in RHYMES for tone in TONES}
    chosen = rng.sample(sorted(syllables), size)
    weights = tuple(itertools.accumulate(1 / (rank + 2.7) for rank in range(size)))
    return Vocabulary(tuple(chosen), weights)


def _toned(syllable: str, tone: str) -> str:
    vowels = [i for i, char in enumerate(syllable) if fold(char) in "aeiouy"]
    marked = [i for i in vowels if syllable[i] in "ăâêôơư"]
    place = (marked or vowels[-2:-1] or vowels)[-1]
    return unicodedata.normalize("NFC", syllable[: place + 1] + tone + syllable[place + 1 :])


class GeneratedFeed:
    """A feed of made-up dossiers; each is made when it is asked for, always the same."""

    def __init__(self, pages: int) -> None:
        self._dossiers = -(-pages // PAGES_PER_DOSSIER)
        self._vocabulary = vocabulary(random.Random(1))
        self._grids = [_grid(random.Random(seed)) for seed in range(200)]

    def end(self) -> FeedEnd:
        return FeedEnd("bench", self._dossiers)

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        last = min(after + limit, self._dossiers)
        return [Change(number, self._id(number)) for number in range(after + 1, last + 1)]

    def dossier(self, dossier_id: str) -> IndexedDossier:
        rng = random.Random(dossier_id)
        unit, ymd, _ = dossier_id.split("-")
        day = dt.datetime.strptime(ymd, "%y%m%d").date()
        pages = tuple(self._page(rng, number) for number in range(1, PAGES_PER_DOSSIER + 1))
        return IndexedDossier(dossier_id, 1, unit, f"1.{rng.randrange(40):06d}", day, pages)

    def _id(self, number: int) -> str:
        rng = random.Random(number)
        day = dt.date(rng.choice(YEARS), 1, 1) + dt.timedelta(rng.randrange(365))
        return f"{UNITS[number % len(UNITS)]}-{day:%y%m%d}-{number % 1_000_000 + 1:06d}"

    def _page(self, rng: random.Random, number: int) -> IndexedPage:
        words = rng.choices(self._vocabulary.syllables, cum_weights=self._vocabulary.weights, k=335)
        for _ in range(3):
            words[rng.randrange(300)] = rng.choice(PHRASES)
            words[rng.randrange(300)] = f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"
            words[rng.randrange(300)] = f"{rng.randrange(1, 999)}/{rng.choice(YEARS)}/QĐ-UBND"
        text = "\n".join(" ".join(words[start : start + 12]) for start in range(0, len(words), 12))
        count = len(text.split())
        grid = self._grids[rng.randrange(len(self._grids))][:count]
        section = "results" if number == PAGES_PER_DOSSIER else "records"
        return IndexedPage(section, number, f"type-{rng.randrange(12)}", text, grid)


def _grid(rng: random.Random) -> tuple[BoxRow, ...]:
    boxes, left, top = [], 250, 200
    for _ in range(500):
        width = rng.randrange(40, 150)
        if left + width > 2300:
            left, top = 250 + rng.randrange(20), top + 55 + rng.randrange(6)
        jitter = rng.randrange(8)
        boxes.append((left, top + jitter, left + width, top + 45 + jitter))
        left += width + rng.randrange(12, 22)
    return tuple(boxes)


Kind = Callable[[random.Random, Sequence[str]], str]


def one_word(rng: random.Random, words: Sequence[str]) -> str:
    return fold(rng.choice(words))


def three_words(rng: random.Random, words: Sequence[str]) -> str:
    return fold(" ".join(rng.sample(words, 3)))


def three_neighbours(rng: random.Random, words: Sequence[str]) -> str:
    start = rng.randrange(len(words) - 3)
    return fold(" ".join(words[start : start + 3]))


def seven_neighbours(rng: random.Random, words: Sequence[str]) -> str:
    start = rng.randrange(len(words) - 7)
    return fold(" ".join(words[start : start + 7]))


def phrase(rng: random.Random, words: Sequence[str]) -> str:
    if rng.random() < 0.5:
        return f'"{fold(rng.choice(PHRASES))}"'
    return f'"{three_neighbours(rng, words)}"'


def name(rng: random.Random, words: Sequence[str]) -> str:
    return fold(f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}")


def with_marks(kind: Kind) -> Kind:
    """Return the same kind of query with its marks kept."""

    def marked(rng: random.Random, words: Sequence[str]) -> str:
        state = rng.getstate()
        wanted = kind(rng, words)
        rng.setstate(state)
        known = {fold(word): word for word in [*words, *" ".join(PHRASES).split(), *FAMILY, *MIDDLE, *GIVEN]}
        return " ".join(known.get(word.strip('"'), word) for word in wanted.split())

    return marked


KINDS: dict[str, Kind] = {
    "one word": one_word,
    "three words": three_words,
    "three neighbours": three_neighbours,
    "phrase without marks": phrase,
    "name without marks": name,
    "seven neighbours": seven_neighbours,
    "one word, marks": with_marks(one_word),
    "three words, marks": with_marks(three_words),
}


def measure(
    index: TantivyIndex, feed: GeneratedFeed, kind: Kind, queries: int, filtered: bool
) -> tuple[list[float], list[float]]:
    """Return each query's latency and its processor time, in milliseconds."""
    rng = random.Random(7)
    latency, processor = [], []
    for _ in range(queries):
        dossier_id = feed.changes(rng.randrange(feed.end().seq), 1)[0].dossier_id
        dossier = feed.dossier(dossier_id)
        query = kind(rng, rng.choice(dossier.pages).text.split())
        request = SearchRequest(query)
        if filtered:
            first = dt.date(dossier.date.year - 2, 1, 1)
            request = SearchRequest(query, units=(dossier.unit,), date_from=first, date_to=dossier.date)
        started, used = time.perf_counter(), time.thread_time()
        result = index.search(request)
        latency.append((time.perf_counter() - started) * 1000)
        processor.append((time.thread_time() - used) * 1000)
        if not result.total and kind is not name:
            sys.exit(f"{query!r} should have been found")
    return latency, processor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="folder to keep the index in, and to take it from")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        feed = GeneratedFeed(options.pages)
        index = TantivyIndex(folder, feed)
        started = time.perf_counter()
        index.follow()
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(
            f"{feed.end().seq * PAGES_PER_DOSSIER:,} pages, {size / 1e6:,.0f} MB, brought up to date in {seconds:.0f} s"
        )
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {options.queries} queries of each kind, ms")
        columns = f"{'p50':>9}{'p95':>8}{'cpu p95':>9}"
        print(f"{'':22}{columns}   with unit and dates:{columns}")
        for title, kind in KINDS.items():
            cells = []
            for filtered in (False, True):
                latency, processor = measure(index, feed, kind, options.queries, filtered)
                p95, cpu95 = (statistics.quantiles(times, n=20)[-1] for times in (latency, processor))
                cells.append(f"{statistics.median(latency):9.1f}{p95:8.1f}{cpu95:9.1f}")
            print(f"{title:22}{(' ' * 23).join(cells)}", flush=True)


if __name__ == "__main__":
    main()
