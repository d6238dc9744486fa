"""Where the settings' values come from.

A value comes from the first of these that names it: a command-line flag, the environment (``SOHOA_*``, two
underscores between levels: ``SOHOA_OCR__TIMEOUT``), ``sohoa.toml`` in the working directory or the file given
with ``--config``, the default below.  ``load`` also says which it was, for ``sohoa config``.

1. Each source is brought to dotted names and values; a name that is no setting is refused, wherever it stands.
2. Later sources overlay earlier ones.
3. What is left is checked as a whole; a value that cannot be is named with its setting and its source.
"""

from __future__ import annotations

import difflib
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from pipeline.settings import Settings
from sohoa.errors import UsageError
from sohoa.wording import both

CONFIG_FILE = "sohoa.toml"
_PREFIX, _LEVEL = "SOHOA_", "__"


class ConfigurationError(UsageError):
    """A setting is unknown or its value is out of bounds."""

    code = "configuration"
    advice = both(
        "Sửa lại rồi chạy sohoa config: lệnh này cho xem mọi thiết lập, giá trị và nguồn.",
        "Correct it, then run sohoa config: it shows every setting, its value and where it comes from.",
    )


class _Environment(Settings, BaseSettings):
    """The settings as pydantic-settings looks for them in the environment; only ``_from_environment`` uses it."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_nested_delimiter=_LEVEL)


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
    merged: dict[str, Any] = {}
    given: dict[str, _Given] = {}
    for value in (*_from_file(config), *_from_environment(), *_from_flags(flags or {})):
        _demand_known(value)
        _put(merged, value.name, value.value)
        given[value.name] = value
    try:
        settings = Settings(**merged)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        source = given[name].source if name in given else ""
        raise ConfigurationError(_said(name, *_problem(first)), subject=source) from None
    origins = {name: value.origin for name, value in given.items()}
    return settings, [
        Setting(name, value, origins.get(name, "default"), text) for name, value, text in _described(settings)
    ]


@dataclass(frozen=True, slots=True)
class _Given:
    """One value that a source gives: the setting's dotted name, and the source as lists and as errors call it."""

    name: str
    value: object
    origin: str
    source: str


def _from_file(config: Path | None) -> Iterator[_Given]:
    file = _config_file(config)
    if file is not None:
        for name, value in _leaves(_read_toml(file)):
            yield _Given(name, value, str(file), str(file))


def _from_environment() -> Iterator[_Given]:
    """Yield what SOHOA_* variables give, in any letter case; a whole group may be given as a JSON object."""
    variables = {v.lower()[len(_PREFIX) :].replace(_LEVEL, "."): v for v in os.environ if v.upper().startswith(_PREFIX)}
    for name, variable in variables.items():
        if name in _GROUPS:
            _demand_object(name, variable)
        else:
            _demand_known(_Given(name, None, "environment", variable))
    for name, value in _leaves(EnvSettingsSource(_Environment)()):
        yield _Given(name, value, "environment", variables.get(name) or variables[name.rpartition(".")[0]])


def _from_flags(flags: Mapping[str, Any]) -> Iterator[_Given]:
    for name, value in flags.items():
        if value is not None:
            yield _Given(name, value, "flag", f"--{name}")


def _config_file(config: Path | None) -> Path | None:
    if config is None:
        return Path(CONFIG_FILE) if Path(CONFIG_FILE).is_file() else None
    if not config.is_file():
        raise ConfigurationError(both("không có tệp cấu hình này", "no such configuration file"), subject=str(config))
    return config


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = both("tệp không đúng dạng TOML", f"not valid TOML: {error}")
    except OSError as error:
        message = both("không đọc được tệp cấu hình", f"the file cannot be read: {error.strerror}")
    raise ConfigurationError(message, subject=str(file))


def _demand_object(group: str, variable: str) -> None:
    """Refuse a group's variable that is no JSON object: pydantic-settings' own error would not name a way out."""
    try:
        if isinstance(json.loads(os.environ[variable]), dict):
            return
    except ValueError:
        pass
    example = f"{_PREFIX}{group.upper()}{_LEVEL}…"
    raise ConfigurationError(
        _said(
            group,
            f"đây là nhóm thiết lập: dùng biến {example} cho từng thiết lập, hoặc một đối tượng JSON",
            f"this is a group of settings: use {example} for each of them, or one JSON object",
        ),
        subject=variable,
    )


def _leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield dotted names and values; only what the groups below hold is taken apart."""
    for name, value in values.items():
        dotted = f"{prefix}{name}"
        if dotted in _GROUPS and isinstance(value, Mapping):
            yield from _leaves(value, f"{dotted}.")
        else:
            yield dotted, value


def _demand_known(given: _Given) -> None:
    """Refuse a name that is no setting: a slip would otherwise leave the default in force without a word."""
    if given.name in _NAMES:
        return
    if given.name in _GROUPS:
        vietnamese = f"đây là nhóm thiết lập: viết các thiết lập của nhóm dưới dòng [{given.name}]"
        english = f"this is a group of settings: write them below a line [{given.name}]"
        raise ConfigurationError(_said(given.name, vietnamese, english), subject=given.source)
    vietnamese, english = "không có thiết lập tên này", "there is no such setting"
    near = difflib.get_close_matches(given.name, _NAMES, n=1, cutoff=0.75)
    if near:
        name = near[0]
        if given.origin == "environment":
            name = f"{_PREFIX}{name.upper().replace('.', _LEVEL)}"
        vietnamese, english = f"{vietnamese}; gần giống: {name}", f"{english}; the nearest is {name}"
    raise ConfigurationError(_said(given.name, vietnamese, english), subject=given.source)


def _said(name: str, vietnamese: str, english: str) -> str:
    return both(f"thiết lập {name}: {vietnamese}", f"setting {name}: {english}")


def _problem(error: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value, in Vietnamese and in English; pydantic's own words for rare kinds."""
    kind, bounds = error["type"], error.get("ctx", {})
    for bound, vietnamese, english in _BOUNDS:
        if bound in bounds:
            return vietnamese.format(bounds[bound]), english.format(bounds[bound])
    for start, vietnamese, english in _TYPES:
        if kind.startswith(start):
            return vietnamese, english
    return "giá trị không dùng được", error["msg"]


_BOUNDS = (
    ("gt", "phải lớn hơn {}", "must be greater than {}"),
    ("ge", "phải từ {} trở lên", "must be at least {}"),
    ("le", "không được quá {}", "must be at most {}"),
    ("pattern", "không đúng dạng {}", "must have the form {}"),
)
_TYPES = (
    ("int_", "phải là số nguyên", "must be a whole number"),
    ("float_", "phải là số", "must be a number"),
    ("finite_", "phải là số hữu hạn", "must be a finite number"),
    ("bool_", "phải là true hoặc false", "must be true or false"),
    ("string_", "phải là chữ, đặt trong dấu ngoặc kép", "must be text in quotes"),
    ("path_", "phải là đường dẫn, đặt trong dấu ngoặc kép", "must be a path in quotes"),
)


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


_NAMES = [name for name, _, _ in _described(Settings())]
_GROUPS = {name.rpartition(".")[0] for name in _NAMES} - {""}
