"""Which PDF pages are one image, and how they stand."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest

from scanners import files
from scanners.base import DamagedFile, FileRejected, IntakeLimits, PageTooLarge, PageUnreadable

LIMITS = IntakeLimits()
W, H = 200, 288
TEXT = "BT /F 12 Tf 20 100 Td (hidden words) Tj ET"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize(
    "matrix",
    [f"{W} 0 0 {H} 0 0", f"{-W} 0 0 {-H} {W} {H}", f"0 {W} {-H} 0 {H} 0", f"0 {-W} {H} 0 0 {W}"],
    ids=["upright", "half", "quarter left", "quarter right"],
)
def test_every_turn_of_page_and_image_is_told(kit: Any, maker: Any, take: Any, rotate: int, matrix: str) -> None:
    data = kit.saved(kit.draw_page(), "JPEG", quality=85)
    size = (H, W) if matrix.startswith("0 ") else (W, H)
    maker.page([maker.jpeg(kit.draw_page())], f"q {matrix} cm /Im0 Do Q", size, Rotate=rotate)
    path = maker.save()
    _, [page] = take(path)
    assert page.data == data and page.dpi == pytest.approx((144, 144), rel=0.001)
    assert kit.alike(kit.upright(page), kit.poppler(path, 1, 144))


@pytest.mark.parametrize("matrix", [f"{-W} 0 0 {H} {W} 0", f"{W} 0 0 {-H} 0 {H}"], ids=["mirrored", "upside"])
def test_mirrored_images_are_rendered(kit: Any, maker: Any, take: Any, matrix: str) -> None:
    maker.page([maker.jpeg(kit.draw_page())], f"q {matrix} cm /Im0 Do Q")
    path = maker.save()
    _, [page] = take(path)
    assert not page.untouched and kit.difference(kit.upright(page), kit.poppler(path, 1, 300)) == 0


@pytest.mark.parametrize(
    "content",
    [
        f"q {W} 0 0 {H} 0 0 cm /Im0 Do Q 3 Tr {TEXT}",
        f"BT 3 Tr /F 12 Tf 20 100 Td (under) Tj ET q {W} 0 0 {H} 0 0 cm /Im0 Do Q",
        f"{TEXT} q {W} 0 0 {H} 0 0 cm /Im0 Do Q",
        f"q 0 0 {W} {H} re W n {W} 0 0 {H} 0 0 cm /Im0 Do Q",
        f"1 1 1 rg 0 0 {W} {H} re f q {W} 0 0 {H} 0 0 cm /Im0 Do Q",
        f"/Artifact BMC q {W} 0 0 {H} 0 0 cm q /Im0 Do Q Q EMC",
        f"q 2 0 0 2 0 0 cm {W / 2} 0 0 {H / 2} 0 0 cm /Im0 Do Q",
        f"q {W - 2} 0 0 {H - 4} 1 2 cm /Im0 Do Q",
    ],
    ids=["hidden text", "hidden before", "text under image", "clip", "white ground", "marked", "two steps", "margin"],
)
def test_pages_that_show_only_their_image(kit: Any, maker: Any, take: Any, content: str) -> None:
    maker.page([maker.jpeg(kit.draw_page())], content)
    _, [page] = take(maker.save())
    assert page.untouched and page.media_type == "image/jpeg"


@pytest.mark.parametrize(
    "content",
    [
        f"q {W} 0 0 {H} 0 0 cm /Im0 Do Q {TEXT}",
        f"q {W} 0 0 {H} 0 0 cm /Im0 Do Q 1 0 0 rg 20 20 30 30 re f",
        f"q {W} 0 0 {H} 0 0 cm /Im0 Do Q 10 10 m 100 100 l S",
        f"q {W} 0 0 {H / 2} 0 0 cm /Im0 Do Q q {W} 0 0 {H / 2} 0 {H / 2} cm /Im0 Do Q",
        f"q {W / 2} 0 0 {H / 2} 20 20 cm /Im0 Do Q",
        f"q {W * 2} 0 0 {H * 2} 0 0 cm /Im0 Do Q",
        f"q 20 20 100 100 re W n {W} 0 0 {H} 0 0 cm /Im0 Do Q",
        f"q 100 140 m 190 200 l 10 270 l h W n {W} 0 0 {H} 0 0 cm /Im0 Do Q",
        f"q {W} 3 -3 {H} 0 0 cm /Im0 Do Q",
        f"q {W} 0 0 {H} 0 0 cm /Im0 Do Q q 20 0 0 20 5 5 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q",
        f"/OC /Layer BDC q {W} 0 0 {H} 0 0 cm /Im0 Do Q EMC",
    ],
    ids=["text", "fill", "stroke", "strips", "small", "cropped", "clipped", "odd clip", "slanted", "inline", "layer"],
)
def test_pages_that_show_more_than_their_image_are_rendered(kit: Any, maker: Any, take: Any, content: str) -> None:
    maker.page([maker.jpeg(kit.draw_page())], content)
    path = maker.save()
    _, [page] = take(path)
    assert not page.untouched and page.quarter_turns == 0
    assert kit.difference(kit.upright(page), kit.poppler(path, 1, 300)) == 0


def test_image_inside_a_form(kit: Any, maker: Any, take: Any) -> None:
    form = pikepdf.Stream(maker.pdf, b"q 100 0 0 100 0 0 cm /Im0 Do Q")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 100, 100])
    form.Matrix = pikepdf.Array([W / 100, 0, 0, H / 100, 0, 0])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=maker.jpeg(kit.draw_page())))
    maker.page([form], "/Im0 Do")
    _, [page] = take(maker.save())
    assert page.untouched and page.dpi == pytest.approx((144, 144), rel=0.001)


def test_a_form_that_draws_itself_ends(kit: Any, maker: Any, take: Any) -> None:
    form = maker.pdf.make_indirect(pikepdf.Stream(maker.pdf, b"/Im0 Do"))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 100, 100])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=form))
    maker.page([form], "/Im0 Do")
    _, [page] = take(maker.save())
    assert not page.untouched


def test_crop_box_decides_what_is_seen(kit: Any, maker: Any, take: Any) -> None:
    maker.page([maker.jpeg(kit.draw_page())], CropBox=pikepdf.Array([20, 20, 120, 180]))
    path = maker.save()
    _, [page] = take(path)
    assert not page.untouched and kit.difference(kit.upright(page), kit.poppler(path, 1, 300)) == 0


def test_a_stamp_annotation_is_seen_and_a_link_is_not(kit: Any, maker: Any, take: Any) -> None:
    look = pikepdf.Stream(maker.pdf, b"1 0 0 rg 0 0 50 50 re f")
    look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 50, 50])
    rect = pikepdf.Array([20, 20, 70, 70])
    stamp = pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp, Rect=rect, AP=pikepdf.Dictionary(N=look), F=4)
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=rect)
    maker.page([maker.jpeg(kit.draw_page())], Annots=pikepdf.Array([stamp]))
    maker.page([maker.jpeg(kit.draw_page())], Annots=pikepdf.Array([link]))
    _, [stamped, linked] = take(maker.save())
    assert linked.untouched and not stamped.untouched
    height, width = kit.upright(stamped).shape[:2]
    assert tuple(kit.upright(stamped)[int(height * (1 - 45 / H)), int(width * 45 / W)]) == (255, 0, 0)


def test_user_unit_scales_the_page(kit: Any, maker: Any, take: Any) -> None:
    maker.page([maker.jpeg(kit.draw_page())], f"q {W / 2} 0 0 {H / 2} 0 0 cm /Im0 Do Q", (W / 2, H / 2), UserUnit=2)
    _, [page] = take(maker.save())
    assert page.untouched and page.dpi == pytest.approx((144, 144), rel=0.001)


@pytest.mark.parametrize("content", ["", "   \n", "q Q", "BT ET", "q 1 0 0 1 5 5 cm Q"])
def test_pages_without_content_are_empty(kit: Any, maker: Any, take: Any, content: str) -> None:
    maker.page([], content, (595, 842))
    _, [page] = take(maker.save())
    assert page.empty and page.data.startswith(b"P4") and len(page.data) < 200_000
    assert bool((kit.upright(page) == 255).all())
    assert (page.width * 72 / page.dpi[0], page.height * 72 / page.dpi[1]) == pytest.approx((595, 842), abs=1)


def test_content_that_is_named_but_missing_is_not_an_empty_page(kit: Any, maker: Any, take: Any) -> None:
    page = maker.page([maker.jpeg(kit.draw_page())])
    page.obj.Contents = pikepdf.Array([pikepdf.Dictionary()])
    maker.page([], "/Im7 Do")
    path = maker.save()
    info = files.inspect(path, "scan.pdf", LIMITS)
    for index in (0, 1):
        with pytest.raises(PageUnreadable):
            files.read_page(info, index, LIMITS)


def test_digital_pages_are_rendered_at_the_limit_of_dpi(kit: Any, maker: Any, take: Any) -> None:
    maker.page([], TEXT, (595, 842))
    path = maker.save("quyết định “số 1”'s $(x).pdf")
    _, [page] = take(path)
    assert (page.width, page.height) == (2480, 3509) and page.dpi == pytest.approx((300, 300), rel=0.001)
    assert not page.untouched and not page.empty and page.data.startswith(b"P6\n2480 3509\n255\n")


def test_large_drawings_get_fewer_dpi_and_giants_are_refused(kit: Any, maker: Any) -> None:
    limits = dataclasses.replace(LIMITS, page_pixels=4_000_000)
    maker.page([], TEXT, (842, 1191))
    maker.page([], TEXT, (5000, 5000))
    info = files.inspect(maker.save(), "plan.pdf", limits)
    page = files.read_page(info, 0, limits)
    assert 100 <= page.dpi[0] < 200 and page.width * page.height <= 4_000_000
    with pytest.raises(PageTooLarge) as caught:
        files.read_page(info, 1, limits)
    assert "176 × 176 cm" in str(caught.value) and "plan.pdf, trang 2 / page 2" in str(caught.value)


def test_pixel_bomb_is_refused_before_it_is_unpacked(kit: Any, maker: Any) -> None:
    maker.page([maker.image(b"", (30_000, 30_000), "/DeviceGray", "/FlateDecode")])
    info = files.inspect(maker.save(), "bomb.pdf", LIMITS)
    with pytest.raises(PageTooLarge):
        files.read_page(info, 0, LIMITS)


def test_a_page_that_takes_too_long_is_given_up(kit: Any, maker: Any) -> None:
    maker.page([], TEXT, (595, 842))
    limits = dataclasses.replace(LIMITS, render_timeout=0.01)
    info = files.inspect(maker.save(), "slow.pdf", limits)
    with pytest.raises(PageUnreadable, match=r"0\.01"):
        files.read_page(info, 0, limits)


@pytest.mark.filterwarnings("ignore:Unexpected end of stream")
@pytest.mark.parametrize("content", [f"{TEXT} /Nowhere gs", f"{TEXT} (unfinished", "(unfinished", "q << /A (b"])
def test_syntax_errors_are_remarked(maker: Any, take: Any, content: str) -> None:
    maker.page([], content, (300, 300))
    _, [page] = take(maker.save())
    assert not page.empty and "syntax errors" in page.remark


def test_a_page_object_that_is_gone_is_no_page(kit: Any, maker: Any) -> None:
    for seed in range(4):
        maker.page([maker.jpeg(kit.draw_page(seed=seed))])
    path = maker.save(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = path.read_bytes()
    start, end = data.index(b"3 0 obj"), data.index(b"4 0 obj")
    path.write_bytes(data[:start] + bytes(end - start) + data[end:])
    with pytest.raises(DamagedFile):
        files.inspect(path, "holes.pdf", LIMITS)


def test_holes_anywhere_outside_the_images_are_found_or_harmless(kit: Any, maker: Any) -> None:
    """A block of zeros, as an unfinished copy leaves it: never a missing page, never an empty one."""
    for seed in range(3):
        maker.page([maker.flate(kit.draw_page("1", seed=seed))])
    path = maker.save(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = path.read_bytes()
    info = files.inspect(path, "scan.pdf", LIMITS)
    sound = [files.read_page(info, index, LIMITS).data for index in range(3)]
    outcomes = {"refused": 0, "same": 0}
    for at in range(0, len(data), 40):
        path.write_bytes(data[:at] + bytes(40) + data[at + 40 :])
        try:
            found = files.inspect(path, "scan.pdf", LIMITS)
            assert found.pages == 3
        except FileRejected:
            outcomes["refused"] += 1
            continue
        for index in range(3):
            try:
                page = files.read_page(found, index, LIMITS)
            except PageUnreadable:
                outcomes["refused"] += 1
                continue
            assert page.data == sound[index] or page.remark, (at, index)
            outcomes["same"] += 1
    assert min(outcomes.values()) > 20


def test_pages_of_a_long_file_come_quickly_in_any_order(kit: Any, maker: Any) -> None:
    shared = maker.jpeg(kit.draw_page("L"))
    for _ in range(300):
        maker.page([shared])
    path = maker.save()
    began = time.process_time()
    info = files.inspect(path, "long.pdf", LIMITS)
    pages = [files.read_page(info, index, LIMITS) for index in (0, 299, 150, 1)]
    assert info.pages == 300 and all(page.untouched for page in pages)
    assert time.process_time() - began < 30  # a hang, not a slow machine
    assert np.array_equal(kit.upright(pages[0]), kit.upright(pages[3]))


def test_an_owner_password_alone_does_not_hinder(kit: Any, maker: Any, take: Any) -> None:
    data = kit.saved(kit.draw_page(), "JPEG", quality=85)
    maker.page([maker.jpeg(kit.draw_page())])
    path: Path = maker.save(encryption=pikepdf.Encryption(owner="boss", user="", R=6))
    _, [page] = take(path)
    assert page.untouched and page.data == data
