"""What the fields of the catalogue are called on the screen, in Vietnamese."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml


@cache
def field_labels() -> dict[str, str]:
    """Return the label of every field name of the catalogue."""
    text = resources.files("pipeline.catalogue.data").joinpath("field_labels.yaml").read_text(encoding="utf-8")
    labels: dict[str, str] = yaml.safe_load(text)
    return labels


def field_label(name: str) -> str:
    """Return the label of one field; a name without one stands for itself."""
    return field_labels().get(name, name)
