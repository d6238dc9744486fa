"""Some pages of a PDF as a file of their own: encoded as before, alone, and always the same bytes."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

import pikepdf
import pytest

from scanners import files
from scanners.base import IntakeLimits


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


def unpacked(data: bytes) -> bytes:
    """Return the file with every object in the open: no object streams, nothing compressed that can be unpacked."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            plain,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
            normalize_content=False,
        )
    return plain.getvalue()


def stream(maker: Any, secret: str, **keys: Any) -> pikepdf.Object:
    """A Flate stream that holds ``secret`` and has ``keys``."""
    made = maker.pdf.make_indirect(pikepdf.Stream(maker.pdf, zlib.compress(secret.encode())))
    made.Filter = pikepdf.Name.FlateDecode
    for key, value in keys.items():
        made[f"/{key}"] = value
    return made


def form(maker: Any, content: str, **keys: Any) -> pikepdf.Object:
    box = pikepdf.Array([0, 0, 100, 100])
    return stream(maker, content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=box, **keys)


def shared_resources(maker: Any) -> pikepdf.Object:
    """One dictionary for three pages: an image, a form, a pattern, a mask, a layer and a glyph of each."""
    name, array, dictionary = pikepdf.Name, pikepdf.Array, pikepdf.Dictionary
    kinds = {f"/{key}": dictionary() for key in ("XObject", "Pattern", "ExtGState", "Properties", "Font")}
    shared = maker.pdf.make_indirect(dictionary(kinds))
    for at in range(3):
        pixels = f"SECRET-{at} image".encode().ljust(300, b".")
        image = maker.pdf.make_indirect(maker.image(zlib.compress(pixels), (10, 10), "/DeviceRGB", "/FlateDecode"))
        shared.XObject[f"/Im{at}"] = image
        shared.XObject[f"/Fm{at}"] = form(maker, f"% SECRET-{at} form\n/Im{at} Do", Resources=shared)
        shared.XObject[f"/Bare{at}"] = form(maker, f"% SECRET-{at} bare\n/Im{at} Do")
        tile = stream(maker, f"% SECRET-{at} tile\n/Im{at} Do", PatternType=1, PaintType=1, TilingType=1)
        tile.BBox, tile.XStep, tile.YStep, tile.Resources = array([0, 0, 9, 9]), 9, 9, shared
        shared.Pattern[f"/P{at}"] = tile
        mask = dictionary(S=name.Luminosity, G=form(maker, f"% SECRET-{at} mask"))
        shared.ExtGState[f"/G{at}"] = dictionary(Type=name.ExtGState, SMask=mask)
        layer = dictionary(Type=name.OCG, Name=pikepdf.String(f"SECRET-{at} layer"))
        shared.Properties[f"/L{at}"] = maker.pdf.make_indirect(layer)
        glyphs = dictionary({"/a": stream(maker, f"9 0 d0 % SECRET-{at} glyph")})
        shared.Font[f"/T{at}"] = dictionary(Type=name.Font, Subtype=name.Type3, CharProcs=glyphs, Resources=shared)
    return shared


def whole_document(maker: Any, pages: list[Any]) -> None:
    """Everything that hangs on a document and tells of all its pages, with ways to it from each page."""
    name, array, dictionary, string = pikepdf.Name, pikepdf.Array, pikepdf.Dictionary, pikepdf.String
    root = maker.pdf.Root
    root.Metadata = stream(maker, "<x>SECRET-all</x>", Type=name.Metadata, Subtype=name.XML)
    maker.pdf.attachments["list.txt"] = b"SECRET-all attachment"
    with maker.pdf.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(f"SECRET-{at} title", at) for at in range(3))
    tree = maker.pdf.make_indirect(dictionary(Type=name.StructTreeRoot))
    tree.K = array([dictionary(S=name.P, P=tree, Pg=p.obj, Alt=string(f"SECRET-{n} alt")) for n, p in enumerate(pages)])
    root.StructTreeRoot = tree
    thread = maker.pdf.make_indirect(dictionary(I=dictionary(Title=string("SECRET-all thread"))))
    parts = maker.pdf.make_indirect(dictionary(Type=name.DPart, DPM=dictionary(N=string("SECRET-all part"))))
    for at, page in enumerate(pages):
        page.obj.StructParents, page.obj.DPart = at, parts
        page.obj.B = array([maker.pdf.make_indirect(dictionary(T=thread, P=pages[at - 1].obj))])
        page.obj.Thumb = stream(maker, f"SECRET-{at} thumb")
        page.obj.Metadata = root.Metadata
        page.obj.PieceInfo = dictionary(App=dictionary(Private=dictionary(D=string("SECRET-all private"), R=root)))
        page.obj.AA = dictionary(O=dictionary(S=name.GoTo, D=array([pages[at - 1].obj, name.Fit]), Next=root.Metadata))
        signature = dictionary(Type=name.Sig, Contents=string("SECRET-all certificate"), ByteRange=array([0, 9, 99, 9]))
        signature.Reference = array([dictionary(TransformMethod=name.FieldMDP, Data=root)])
        look = form(maker, f"% SECRET-{at} look")
        widget = dictionary(Type=name.Annot, Subtype=name.Widget, FT=name.Sig, Rect=array([9, 9, 60, 30]), V=signature)
        widget.AP, widget.Lock = (
            dictionary(N=look),
            dictionary(Action=name.Include, Fields=array([string("SECRET-all")])),
        )
        note = dictionary(
            Type=name.Annot, Subtype=name.Text, Rect=array([9, 9, 20, 20]), Contents=string(f"SECRET-{at}")
        )
        page.obj.Annots = array([maker.pdf.make_indirect(widget), maker.pdf.make_indirect(note)])
    root.AcroForm = dictionary(SigFlags=3, Fields=array([page.obj.Annots[0] for page in pages]))
    for at, page in enumerate(pages):
        page.obj.Annots[1].IRT = pages[at - 1].obj.Annots[1]


CONTENTS = [
    "/Im{0} Do",
    "/Fm{0} Do",
    "/Bare{0} Do",
    "/Pattern cs /P{0} scn 0 0 99 99 re f",
    "/G{0} gs",
    "/OC /L{0} BDC EMC",
]


@pytest.mark.parametrize("content", [*CONTENTS, "BT /T{0} 9 Tf (a) Tj ET", "/Im{0} Do (open", " ".join(CONTENTS)])
@pytest.mark.filterwarnings("ignore:Unexpected end of stream")
def test_no_object_of_an_extract_tells_of_another_page(maker: Any, take: Any, content: str) -> None:
    """Every object of the extract is looked at, whatever leads to it; only the wanted page's secrets may be there."""
    shared = shared_resources(maker)
    pages = [maker.page([], content.format(at)) for at in range(3)]
    for page in pages:
        page.obj.Resources = shared
    whole_document(maker, pages)
    path = maker.save()
    whole = unpacked(path.read_bytes())
    assert {b"SECRET-0", b"SECRET-1", b"SECRET-2", b"SECRET-a"} <= set(re.findall(rb"SECRET-.", whole))
    info = files.inspect(path, "scan.pdf", IntakeLimits())
    part, _ = files.extract_original(info, [1])
    assert set(re.findall(rb"SECRET-.", unpacked(part))) == {b"SECRET-1"}


def test_a_signature_s_picture_stays_in_an_extract_and_the_signature_does_not(
    kit: Any, maker: Any, take: Any, tmp_path: Any
) -> None:
    """A viewer that finds a signature over other bytes than these says that the paper was tampered with."""
    pages = [maker.page([maker.jpeg(kit.draw_page(seed=seed))]) for seed in range(2)]
    value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=pikepdf.Array([0, 9, 99, 9]))
    parent = maker.pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("ký"), V=value))
    widget = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Parent=parent, F=4)
    widget.Rect = pikepdf.Array([50, 100, 150, 200])
    widget.AP = pikepdf.Dictionary(N=form(maker, "1 0 0 rg 0 0 100 100 re f"))
    pages[0].obj.Annots = pikepdf.Array([maker.pdf.make_indirect(widget)])
    parent.Kids = pikepdf.Array([pages[0].obj.Annots[0]])
    maker.pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array([parent]))
    path = maker.save()
    info, _ = take(path)
    part, _ = files.extract_original(info, [0])
    assert info.signed and not take(part, "part.pdf")[0].signed and b"ByteRange" not in unpacked(part)
    assert kit.difference(shown(kit, part, tmp_path), kit.poppler(path, 1, 72)) == 0


@pytest.mark.parametrize("options", [{"linearize": True}, {"encryption": pikepdf.Encryption(owner="o", user="")}])
def test_other_ways_to_write_the_source(kit: Any, maker: Any, take: Any, options: dict[str, Any]) -> None:
    for seed in range(3):
        maker.page([maker.jpeg(kit.draw_page(seed=seed))])
    info, pages = take(maker.save(**options))
    part, _ = files.extract_original(info, [1])
    assert pages[1].data in part and pages[0].data not in part
    again, [page] = take(part, "part.pdf")
    assert again.pages == 1 and page.data == pages[1].data
