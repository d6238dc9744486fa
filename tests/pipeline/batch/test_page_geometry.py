"""What a manifest says of a page is enough to lay it out again."""

from __future__ import annotations

import pytest

from pipeline.batch.records import page_geometry, page_record
from pipeline.model import Box, ImageLayer, PageGeometry, PageKind, PageResult, PageText, Quality, Skew
from scanners.base import PageSource
from sohoa.ids import Section
from storage.manifest import PageRecord, SourceRecord


def recorded(geometry: PageGeometry) -> PageRecord:
    layer = ImageLayer("jpeg", b"", geometry.stored_width, geometry.stored_height, "gray", untouched=True)
    source = PageSource("a.jpg", "0" * 64, 0)
    page = PageResult(source, PageKind.CONTENT, geometry, layer, PageText((), "none"), Quality(None, 0.0, 0.0))
    return page_record(page, Section.RECORDS, 1, SourceRecord(file="a.jpg", sha256="0" * 64, page=1))


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("crop", [None, Box(40, 60, 1500, 1200)])
@pytest.mark.parametrize("stated", [None, (72.0, 72.0)])
def test_geometry_comes_back_from_the_record(turns: int, crop: Box | None, stated: tuple[float, float] | None) -> None:
    geometry = PageGeometry(1654, 2339, turns, Skew(1.25, 0.9, 1.25), (200.0, 200.0), 0.75, crop, stated)
    kept = PageRecord.model_validate_json(recorded(geometry).model_dump_json())
    assert page_geometry(kept) == geometry
    assert (kept.width, kept.height) == (geometry.width, geometry.height)


def test_a_record_of_before_pages_were_cropped_shows_the_whole_scan() -> None:
    old = recorded(PageGeometry(1654, 2339, 1, Skew(0.5, 0.9, 0.5), (200.0, 200.0))).model_dump()
    del old["crop"], old["stated_dpi"]
    geometry = page_geometry(PageRecord.model_validate(old))
    assert geometry.crop is None and geometry.stated_dpi is None
    assert (geometry.width, geometry.height, geometry.stored_width) == (2339, 1654, 1654)
