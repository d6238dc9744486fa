"""Some pages of a PDF as a file of their own: encoded as before, alone, and always the same bytes."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from scanners import files


def shown(kit: Any, data: bytes, tmp_path: Any, page: int = 1) -> Any:
    path = tmp_path / "part.pdf"
    path.write_bytes(data)
    return kit.poppler(path, page, 72)


def test_streams_are_copied_as_they_are_and_bytes_repeat(kit: Any, maker: Any, take: Any, tmp_path: Any) -> None:
    jpegs = [kit.saved(kit.draw_page(seed=seed), "JPEG", quality=85) for seed in range(4)]
    for seed in range(4):
        maker.page([maker.jpeg(kit.draw_page(seed=seed))], Rotate=90 * seed)
    path = maker.save()
    info, _ = take(path)
    part, media_type = files.extract_original(info, [2, 0])
    assert media_type == "application/pdf" and part == files.extract_original(info, [2, 0])[0]
    assert jpegs[2] in part and jpegs[0] in part and jpegs[1] not in part and jpegs[3] not in part
    for number, original in ((1, 3), (2, 1)):
        assert kit.difference(shown(kit, part, tmp_path, number), kit.poppler(path, original, 72)) == 0


def test_all_pages_are_the_file_itself(kit: Any, maker: Any, take: Any) -> None:
    maker.page([maker.jpeg(kit.draw_page())])
    maker.page([maker.jpeg(kit.draw_page(seed=2))])
    path = maker.save()
    info, _ = take(path)
    assert files.extract_original(info, [0, 1]) == (path.read_bytes(), "application/pdf")
    assert files.extract_original(info, [1, 0])[0] != path.read_bytes()


def test_shared_resources_bring_no_other_page_along(kit: Any, maker: Any, take: Any) -> None:
    images = [maker.pdf.make_indirect(maker.jpeg(kit.draw_page(seed=seed))) for seed in range(3)]
    shared = maker.pdf.make_indirect(
        pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/Im{at}": image for at, image in enumerate(images)}))
    )
    for at in range(3):
        page = maker.page([], f"q 200 0 0 288 0 0 cm /Im{at} Do Q")
        page.obj.Resources = shared
    maker.pdf.Root.Pages.Resources = shared
    info, _ = take(maker.save())
    part, _ = files.extract_original(info, [1])
    secrets = [image.read_raw_bytes() for image in images]
    assert secrets[1] in part and secrets[0] not in part and secrets[2] not in part


def test_links_threads_titles_and_other_pages_fields_stay_behind(kit: Any, maker: Any, take: Any) -> None:
    first = maker.page([maker.jpeg(kit.draw_page())])
    second = maker.page([maker.jpeg(kit.draw_page(seed=2))])
    parent = maker.pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("form"), FT=pikepdf.Name.Tx))
    widgets = []
    for page, secret in ((first, b"SECRET-ONE"), (second, b"SECRET-TWO")):
        look = pikepdf.Stream(maker.pdf, b"BT (" + secret + b") Tj ET")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 50, 20])
        widget = maker.pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                Rect=pikepdf.Array([10, 10, 60, 30]),
                V=pikepdf.String(secret),
                AP=pikepdf.Dictionary(N=look),
                Parent=parent,
                P=page.obj,
                A=pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([second.obj, pikepdf.Name.Fit])),
            )
        )
        page.obj.Annots = pikepdf.Array([widget])
        page.obj.B = pikepdf.Array([maker.pdf.make_indirect(pikepdf.Dictionary(P=second.obj))])
        widgets.append(widget)
    parent.Kids = pikepdf.Array(widgets)
    maker.pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([parent]), DA=pikepdf.String("/F 9 Tf"))
    with maker.pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("SECRET-TITLE", 1))
    maker.pdf.docinfo["/Title"] = "SECRET-TITLE"
    info, _ = take(maker.save())
    part, _ = files.extract_original(info, [0])
    with pikepdf.open(io.BytesIO(part)) as pdf:
        plain = io.BytesIO()
        pdf.save(
            plain,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
        assert len(pdf.pages) == 1 and len(pdf.Root.AcroForm.Fields) == 1
        assert str(pdf.pages[0].Annots[0].FT) == "/Tx" and "/Parent" not in pdf.pages[0].Annots[0]
    assert b"SECRET-ONE" in plain.getvalue()
    assert b"SECRET-TWO" not in plain.getvalue() and b"SECRET-TITLE" not in plain.getvalue()


@pytest.mark.parametrize("options", [{"linearize": True}, {"encryption": pikepdf.Encryption(owner="o", user="")}])
def test_other_ways_to_write_the_source(kit: Any, maker: Any, take: Any, options: dict[str, Any]) -> None:
    for seed in range(3):
        maker.page([maker.jpeg(kit.draw_page(seed=seed))])
    info, pages = take(maker.save(**options))
    part, _ = files.extract_original(info, [1])
    assert pages[1].data in part and pages[0].data not in part
    again, [page] = take(part, "part.pdf")
    assert again.pages == 1 and page.data == pages[1].data
