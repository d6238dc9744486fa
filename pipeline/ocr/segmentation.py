"""Tesseract's page segmentation modes, by what they are used for."""

from __future__ import annotations

COLUMN = 4
"""A page: one column of text of varying sizes, which keeps a form's lines together."""
SAMPLE = 6
"""A part cut from a page: one block of text."""
LINE = 7
"""A line cut from a page."""
