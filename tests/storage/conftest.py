from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sohoa import ids
from storage.archive import Archive, Payload, VersionDraft, encode_page_texts
from storage.layout import PAGES_MEDIA_TYPE
from storage.manifest import (
    BatchRecord,
    DeliveryRecord,
    DocumentRecord,
    FieldRecord,
    FileRecord,
    FindingRecord,
    GuessRecord,
    LedgerRecord,
    PageRecord,
    PageTextRecord,
    RejectedRecord,
    SectionName,
    SetAsideRecord,
    SourceRecord,
)
from storage.search.tantivy_index import TantivyIndex
from tests.storage.searching import ListedFeed

NOON = dt.datetime(2024, 3, 5, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))
HEIGHT = 60


@dataclass(frozen=True)
class MadeVersion:
    """What a test commits: a draft and its payloads."""

    draft: VersionDraft
    payloads: tuple[Payload, ...]

    def with_created(self, created: dt.datetime) -> MadeVersion:
        return replace(self, draft=replace(self.draft, created=created))


def word_box(line: int, number: int) -> tuple[int, int, int, int]:
    """The box of a made-up page's word: its line and its place in the line say where it is."""
    return number * 100, line * HEIGHT, number * 100 + 90, line * HEIGHT + 50


def page_text(section: SectionName, number: int, text: str) -> PageTextRecord:
    boxes = [word_box(y, x) for y, line in enumerate(text.split("\n")) for x, _ in enumerate(line.split())]
    return PageTextRecord(
        section=section, page=number, text=text, boxes=tuple(boxes), confidences=tuple(90 for _ in boxes)
    )


def make_version(
    dossier_id: str = "H11.35-230915-0001",
    pages: Sequence[str] = ("Giấy chứng nhận", "Nguyễn Thị Hoa"),
    *,
    section: SectionName = "records",
    unit: str | None = None,
    procedure: str = "1.012345",
    doctypes: Sequence[str] | None = None,
    scan: bytes = b"scan of a paper",
    carried: tuple[FileRecord, ...] = (),
    status: str = "archived",
) -> MadeVersion:
    parsed = ids.try_parse(dossier_id)
    unit = unit or (parsed.unit if parsed else "H11.35")
    received = parsed.received if parsed else NOON.date()
    sha256 = hashlib.sha256(scan).hexdigest()
    sources = [SourceRecord(file="quét.tif", sha256=sha256, page=n, original=sha256) for n in range(1, len(pages) + 3)]
    types = doctypes or ["to-khai"] * len(pages)
    draft = VersionDraft(
        dossier_id=dossier_id,
        status="held" if status == "held" else "archived",
        unit=unit,
        received=received,
        created=NOON,
        procedure=GuessRecord(code=procedure, name="Đăng ký khai sinh", confidence=0.9),
        pages=tuple(
            PageRecord(
                section=section,
                number=number,
                source=sources[number],
                width=1000,
                height=1400,
                dpi=(300.0, 300.0),
                quarter_turns=0,
                orientation_confidence=1.0,
                skew=0.3,
                skew_confidence=0.8,
                deskewed_by=0.3,
                engine="tesseract 5",
                words=len(text.split()),
                confidence=90.0,
            )
            for number, text in enumerate(pages, start=1)
        ),
        set_aside=(
            SetAsideRecord(kind="separator", section=None, after_page=0, source=sources[0]),
            SetAsideRecord(kind="blank", section=section, after_page=len(pages), source=sources[-1]),
        ),
        documents=tuple(
            DocumentRecord(
                number=number,
                section=section,
                type=GuessRecord(code=doctype, name=doctype, confidence=0.8),
                first_page=number,
                last_page=number,
                date=dt.date(2023, 9, 1),
                fields=(
                    FieldRecord(name="ho_ten", value="Nguyễn Thị Hoa", page=number, box=None, confidence=1, rule="r1"),
                ),
            )
            for number, doctype in enumerate(types, start=1)
        ),
        findings=(
            FindingRecord(code="low-confidence", severity="warning", message="đọc không rõ", section=section, page=1),
            FindingRecord(code="note", severity="info", message="không có gì"),
        ),
        deliveries=(DeliveryRecord(batch="B1", at=NOON, files=("quét.tif",), pages=len(pages)),),
        software={"sohoa": "0.1.0"},
        carried=carried,
    )
    texts = [page_text(section, number, text) for number, text in enumerate(pages, start=1)]
    body = "\n".join([dossier_id, *pages]).encode()
    return MadeVersion(
        draft,
        (
            Payload(f"{section}.pdf", "section", "application/pdf", b"%PDF-1.7\n" + body),
            Payload("pages.jsonl.zst", "pages", PAGES_MEDIA_TYPE, encode_page_texts(texts)),
            Payload("quét.tif", "original", "image/tiff", scan),
        ),
    )


def make_batch(batch: str = "B1", dossiers: tuple[tuple[str, int], ...] = ()) -> BatchRecord:
    finding = FindingRecord(code="file-empty", severity="error", message="không có byte nào", file="hỏng.pdf")
    rejected = RejectedRecord(file="hỏng.pdf", page=None, sha256=None, finding=finding, kept_at=None, pages=1)
    return BatchRecord(
        batch=batch,
        started=NOON,
        finished=NOON + dt.timedelta(minutes=1),
        inputs=("thư mục",),
        dossiers=dossiers,
        rejected=(rejected,),
        ledger=LedgerRecord(pages_in=5, filed=2, separators=1, blank=1, rejected=1),
    )


@dataclass(frozen=True)
class Home:
    """Where a test's archive lies; ``open`` may be called any number of times."""

    root: Path

    @property
    def objects(self) -> Path:
        return self.root / "archive"

    @property
    def catalogue(self) -> Path:
        return self.root / "catalogue.db"

    @property
    def search(self) -> Path:
        return self.root / "search"

    def open(self) -> Archive:
        return Archive.open(f"file://{self.objects}", f"sqlite:///{self.catalogue}", self.search)

    def file(self, pattern: str) -> Path:
        """The one object file that the pattern names."""
        [found] = self.objects.rglob(pattern)
        return found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def archive(home: Home) -> Iterator[Archive]:
    with home.open() as opened:
        yield opened


@pytest.fixture
def version() -> Callable[..., MadeVersion]:
    return make_version


@pytest.fixture
def batch() -> Callable[..., BatchRecord]:
    return make_batch


@pytest.fixture
def index(tmp_path: Path) -> Callable[..., TantivyIndex]:
    """Makes a new index that follows the dossiers given."""
    number = itertools.count()
    return lambda *dossiers: TantivyIndex(tmp_path / f"search-{next(number)}", ListedFeed(*dossiers))
