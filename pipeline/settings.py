"""Every setting, declared once: its name, default, bounds and meaning.

``pipeline.config`` finds the values; workers get theirs from the parent and need only this module.
"""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.model import PdfProfile
from pipeline.ocr.engines import EngineChoice
from scanners.base import IntakeLimits
from sohoa.ids import Section

_INTAKE = IntakeLimits()
UNIT = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"


class Group(BaseModel):
    """Base of the setting groups: frozen, an unknown name is an error rather than ignored, and no limit is endless."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class OcrSettings(Group):
    """How pages are read."""

    engine: EngineChoice = Field("auto", description="auto (tesserocr where installed), tesserocr or pytesseract")
    language: str = Field("vie", pattern=r"^[A-Za-z_+/]+$", description="Tesseract language model(s)")
    second_model: Path | None = Field(
        None, description="larger model (.traineddata) for doubtful lines; default: <language>_best, if there is one"
    )
    timeout: float = Field(120.0, gt=0, description="seconds an A4 page may take to recognise; larger ones more")
    low_confidence: float = Field(70.0, ge=0, le=100, description="mean confidence below which a page is a finding")


class PdfSettings(Group):
    """How pages are kept in section PDFs; the originals are kept as scanned in any case."""

    profile: PdfProfile = Field(
        "compact", description="compact (print in layers), faithful (full JPEG) or original (scanner's streams)"
    )


class UnderstandingSettings(Group):
    """How pages are understood."""

    refuse_secret: bool = Field(True, description="archive nothing of a dossier with a page marked MẬT (secret)")
    catalogue_folder: Path | None = Field(
        None, description="folder of this office's own doctypes.yaml, procedures.csv, units.yaml: they go before ours"
    )


class LimitSettings(Group):
    """Bounds that keep one hostile file or page from taking the machine."""

    file_bytes: int = Field(_INTAKE.file_bytes, gt=0, description="bytes of one input file")
    pages_per_file: int = Field(_INTAKE.pages_per_file, gt=0, description="pages of one input file")
    page_pixels: int = Field(_INTAKE.page_pixels, gt=0, description="pixels of one page")
    render_dpi: int = Field(_INTAKE.render_dpi, ge=150, le=600, description="dpi for pages that are not one image")
    render_timeout: float = Field(_INTAKE.render_timeout, gt=0, description="seconds to render one page")
    page_timeout: float = Field(300.0, gt=0, description="seconds an A4 page may take in all; larger ones more")
    page_attempts: int = Field(
        3, ge=1, description="times the program may die with a page in its hands before it is read by other means"
    )
    outage: float = Field(300.0, ge=0, description="seconds to wait for a store or database that is away")
    disk_free: int = Field(500 * 1024**2, ge=0, description="bytes that must stay free on each disk that is written")
    memory_free: int = Field(200 * 1024**2, ge=0, description="bytes of free memory below which it goes page by page")
    worker_memory: int = Field(3 * 1024**3, ge=1024**3, description="bytes of address space of one worker")

    def intake(self) -> IntakeLimits:
        """Return the bounds that the scanners room keeps."""
        return IntakeLimits(
            file_bytes=self.file_bytes,
            pages_per_file=self.pages_per_file,
            page_pixels=self.page_pixels,
            render_dpi=self.render_dpi,
            render_timeout=self.render_timeout,
        )


class LogSettings(Group):
    """What is told to machines besides what people see."""

    file: Path | None = Field(None, description="file that gets one JSON object per line about all that happens")
    metrics_file: Path | None = Field(
        None, description="Prometheus text file, written anew every few seconds (for a node exporter)"
    )
    metrics_port: int | None = Field(
        None, ge=1, le=65535, description="port on 127.0.0.1 where Prometheus may ask while a command runs"
    )


class NightlySettings(Group):
    """The unattended job of ``sohoa nightly``."""

    inputs: tuple[Path, ...] = Field((), description="folders to digitise, most urgent first")
    first: tuple[str, ...] = Field((), description="patterns of names that come first, such as *khai sinh*")
    until: time | None = Field(None, description='end of the window, such as "06:00"; none: until all is done')
    max_failure_rate: float = Field(0.1, gt=0, le=1, description="share of failing pages above which a batch is held")
    done: Path | None = Field(None, description="folder that archived sources are moved to; none: they stay")
    summaries: Path = Field(Path("sohoa-data/summaries"), description="folder of the summaries")
    webhook: str | None = Field(None, pattern=r"^https?://", description="address that gets the summary as JSON")
    webhook_private: bool = Field(False, description="allow a webhook on a private or local address")
    mail_to: tuple[str, ...] = Field((), description="who gets the summary by e-mail")
    mail_from: str = Field("sohoa@localhost", description="sender of the e-mail")
    smtp: str = Field("localhost:25", pattern=r"^[^:\s]+:\d{1,5}$", description="mail server, host:port")


class WatchSettings(Group):
    """One folder that ``sohoa watch`` watches: usually one for each unit or scanner."""

    folder: Path
    unit: str | None = Field(None, pattern=UNIT)
    section: Section | None = None
    quiet: float = Field(5.0, gt=0, description="seconds without a change after which a file is complete")
    batch_ends: Literal["idle", "cover", "file"] = Field(
        "idle", description="idle (nothing came for a while), cover (also when a next cover sheet came), file (each)"
    )
    idle: float = Field(60.0, gt=0, description="seconds without anything new after which a batch ends")
    done: Path | None = Field(None, description="where archived files go; by default the folder's own 'done'")
    rejected: Path | None = Field(None, description="where refused files go; by default the folder's own 'rejected'")

    @property
    def done_folder(self) -> Path:
        """Where archived files go."""
        return self.done or self.folder / "done"

    @property
    def rejected_folder(self) -> Path:
        """Where refused files go, each with its reason."""
        return self.rejected or self.folder / "rejected"


class Settings(Group):
    """Every setting of sohoa; the defaults need no server."""

    archive: str = Field("file://./sohoa-data/archive", description="where objects and manifests are kept")
    catalogue: str = Field("sqlite:///sohoa-data/catalogue.db", description="the relational catalogue")
    search: Path = Field(Path("sohoa-data/search"), description="folder of the full-text index")
    rejected: Path = Field(Path("sohoa-data/rejected"), description="folder where refused files are kept")
    work: Path = Field(Path("sohoa-data/work"), description="folder where a running batch spools its pages")
    unit: str | None = Field(None, pattern=UNIT, description="unit code; by default the dossier ID's own")
    workers: int | None = Field(None, ge=1, description="worker processes; by default one per usable core")
    ocr: OcrSettings = OcrSettings()
    pdf: PdfSettings = PdfSettings()
    understanding: UnderstandingSettings = UnderstandingSettings()
    limits: LimitSettings = LimitSettings()
    log: LogSettings = LogSettings()
    nightly: NightlySettings = NightlySettings()
    watch: tuple[WatchSettings, ...] = Field((), description="folders of sohoa watch, each under a line [[watch]]")
