"""Every setting, declared once: its name, default, bounds and meaning.

A value comes from the first of these that names it: a command-line flag, the environment (``SOHOA_*``, two
underscores between levels: ``SOHOA_OCR__TIMEOUT``), ``sohoa.toml`` in the working directory or the file given
with ``--config``, the default below.  ``load`` also says which it was, for ``sohoa config``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from scanners.base import IntakeLimits
from sohoa.errors import UsageError

CONFIG_FILE = "sohoa.toml"
_INTAKE = IntakeLimits()


class ConfigurationError(UsageError):
    """A setting is unknown or its value is out of bounds."""

    code = "configuration"
    advice = "See “sohoa config” for every setting, its value and where it comes from."


class Group(BaseModel):
    """Base of the setting groups: frozen, and an unknown name is an error rather than ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OcrSettings(Group):
    """How pages are read."""

    language: str = Field("vie", pattern=r"^[A-Za-z_+/]+$", description="Tesseract language model(s)")
    timeout: float = Field(120.0, gt=0, description="seconds one page may take to recognise")
    low_confidence: float = Field(70.0, ge=0, le=100, description="mean confidence below which a page is a finding")


class UnderstandingSettings(Group):
    """How pages are understood."""

    refuse_secret: bool = Field(True, description="archive nothing of a dossier with a page marked MẬT (secret)")


class LimitSettings(Group):
    """Bounds that keep one hostile file or page from taking the machine."""

    file_bytes: int = Field(_INTAKE.file_bytes, gt=0, description="bytes of one input file")
    pages_per_file: int = Field(_INTAKE.pages_per_file, gt=0, description="pages of one input file")
    page_pixels: int = Field(_INTAKE.page_pixels, gt=0, description="pixels of one page")
    render_dpi: int = Field(_INTAKE.render_dpi, ge=150, le=600, description="dpi for pages that are not one image")
    render_timeout: float = Field(_INTAKE.render_timeout, gt=0, description="seconds to render one page")
    page_timeout: float = Field(300.0, gt=0, description="seconds one page may take in all")
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


class Settings(BaseSettings):
    """Every setting of sohoa; the defaults need no server."""

    model_config = SettingsConfigDict(env_prefix="SOHOA_", env_nested_delimiter="__", extra="forbid", frozen=True)

    archive: str = Field("file://./sohoa-data/archive", description="where objects and manifests are kept")
    catalogue: str = Field("sqlite:///sohoa-data/catalogue.db", description="the relational catalogue")
    search: Path = Field(Path("sohoa-data/search"), description="folder of the full-text index")
    rejected: Path = Field(Path("sohoa-data/rejected"), description="folder where refused files are kept")
    work: Path = Field(Path("sohoa-data/work"), description="folder where a running batch spools its pages")
    unit: str | None = Field(
        None, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="unit code; by default the dossier ID's own"
    )
    workers: int | None = Field(None, ge=1, description="worker processes; by default one per usable core")
    ocr: OcrSettings = OcrSettings()
    understanding: UnderstandingSettings = UnderstandingSettings()
    limits: LimitSettings = LimitSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values only from what ``load`` merged, so that their order is written in one place."""
        return (init_settings,)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting in force: dotted name, value, and where the value came from."""

    name: str
    value: object
    origin: str
    description: str


def load(config: Path | None = None, flags: Mapping[str, Any] | None = None) -> tuple[Settings, list[Setting]]:
    """Merge file, environment and flags, in rising order, and say where each value came from.

    ``flags`` maps dotted names to values; None means “not given”.
    Raises ConfigurationError naming the setting and the source when a name or value is wrong.
    """
    file = _config_file(config)
    sources = [
        ("environment", dict(_leaves(EnvSettingsSource(Settings)()))),
        ("flag", {k: v for k, v in (flags or {}).items() if v is not None}),
    ]
    if file is not None:
        sources.insert(0, (str(file), dict(_leaves(_read_toml(file)))))
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, values in sources:
        for name, value in values.items():
            _put(merged, name, value)
            origins[name] = origin
    try:
        settings = Settings(**merged)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(f"{name}: {first['msg']}", subject=origins.get(name, "settings")) from None
    return settings, [
        Setting(name, value, origins.get(name, "default"), text) for name, value, text in _described(settings)
    ]


def _config_file(config: Path | None) -> Path | None:
    if config is None:
        return Path(CONFIG_FILE) if Path(CONFIG_FILE).is_file() else None
    if not config.is_file():
        raise ConfigurationError("no such configuration file", subject=str(config))
    return config


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"not valid TOML: {error}", subject=str(file)) from None


def _leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _put(tree: dict[str, Any], name: str, value: Any) -> None:
    *groups, leaf = name.split(".")
    for group in groups:
        tree = tree.setdefault(group, {})
    tree[leaf] = value


def _described(group: BaseModel, prefix: str = "") -> Iterator[tuple[str, object, str]]:
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if isinstance(value, BaseModel):
            yield from _described(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value, field.description or ""
