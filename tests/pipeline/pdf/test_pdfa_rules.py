"""Our files keep every rule of PDF/A-2u, and the checker names each rule that a file breaks."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from drawn_pages import Drawn, document, draw_page, jpeg, scanned, section_info, section_page
from pdfa_rules import violations
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from pipeline.model import PageGeometry, Skew
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.layers import archival_layer


@pytest.fixture(scope="module")
def good(drawn: Drawn) -> bytes:
    """A section with a gray, a colour and a bitonal page, text, a bookmark."""
    card = draw_page("Số: 1742/QĐ-UBND", size=(80, 50))
    red = np.stack([np.full_like(card.pixels, 220), card.pixels, card.pixels], axis=2)
    colour = archival_layer(scanned(jpeg(red), red), red, "rgb")
    bits = np.where(card.pixels < 128, 0, 255).astype(np.uint8)
    bitonal = archival_layer(scanned(b"", bits, "image/x-portable-anymap"), bits, "bitonal")
    flat = PageGeometry(card.width, card.height, 0, Skew(0.0, 1.0, 0.0), card.dpi)
    pages = [section_page(card, turns=1, angle=1.2), SectionPage(colour, flat, card.words), SectionPage(bitonal, flat)]
    return write_section(pages, section_info([document("Giấy khai sinh", 1, 3)]))


def test_our_files_break_no_rule(good: bytes) -> None:
    assert violations(good) == []


def page(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj


def image(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return page(pdf).Resources.XObject.Im0


def font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return page(pdf).Resources.Font.F0


def cid_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return font(pdf).DescendantFonts[0]


def xmp(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        assert old in packet
        pdf.Root.Metadata.write(packet.replace(old, new))

    return edit


def content(extra: bytes) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        page(pdf).Contents = Stream(pdf, page(pdf).Contents.read_bytes() + b"\n" + extra)

    return edit


def put(where: Callable[[pikepdf.Pdf], pikepdf.Object], key: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        where(pdf)[key] = value

    return edit


def soft_mask(pdf: pikepdf.Pdf) -> None:
    image(pdf).Mask = Array([0, 10])


def mask_with_colours(pdf: pikepdf.Pdf) -> None:
    mask = pdf.make_indirect(Stream(pdf, bytes(8), Subtype=Name.Image, ImageMask=True, Width=8, Height=8))
    mask.BitsPerComponent, mask.ColorSpace = 1, Name.DeviceGray
    image(pdf).Mask = mask


def drop(where: Callable[[pikepdf.Pdf], pikepdf.Object], key: str) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        del where(pdf)[key]

    return edit


def root(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root


def broken_profile(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.OutputIntents[0].DestOutputProfile
    stream.write(stream.read_bytes().replace(b"RGB ", b"CMYK", 1))


def form_xobject(pdf: pikepdf.Pdf) -> None:
    page(pdf).Resources.XObject.Fm0 = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))


def embed_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["scan.txt"] = b"secret"


def annotate(pdf: pikepdf.Pdf) -> None:
    page(pdf).Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))])


def see_through(pdf: pikepdf.Pdf) -> None:
    page(pdf).Resources.ExtGState = Dictionary(G0=Dictionary(Type=Name.ExtGState, ca=0.5))
    del pdf.Root.OutputIntents


def transfer(pdf: pikepdf.Pdf) -> None:
    page(pdf).Resources.ExtGState = Dictionary(G0=Dictionary(Type=Name.ExtGState, TR=Name.Identity))


def blended(pdf: pikepdf.Pdf) -> None:
    page(pdf).Resources.ExtGState = Dictionary(G0=Dictionary(Type=Name.ExtGState, BM=Name.Glow))


def show_notdef(pdf: pikepdf.Pdf) -> None:
    content(b"BT /F0 9 Tf <0000> Tj ET")(pdf)


def wrong_width(pdf: pikepdf.Pdf) -> None:
    cid_font(pdf).W[1][0] = 777


def lzw(pdf: pikepdf.Pdf) -> None:
    stream = Stream(pdf, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
    stream.Filter = Name.LZWDecode
    page(pdf).Contents = Array([page(pdf).Contents, pdf.make_indirect(stream)])


def foreign_filter(pdf: pikepdf.Pdf) -> None:
    stream = Stream(pdf, b"")
    stream.Filter = Name.SecretDecode
    pdf.Root.Extra = pdf.make_indirect(stream)


def code_stream_of_no_colour(pdf: pikepdf.Pdf) -> None:
    file = io.BytesIO()
    size = int(image(pdf).Width), int(image(pdf).Height)
    Image.new("L", size).save(file, "JPEG2000", no_jp2=True)
    image(pdf).write(file.getvalue(), filter=Name.JPXDecode)


def wrong_size(pdf: pikepdf.Pdf) -> None:
    image(pdf).Width = int(image(pdf).Width) + 8


def unmapped(pdf: pikepdf.Pdf) -> None:
    cmap = font(pdf).ToUnicode
    cmap.write(cmap.read_bytes().replace(b"<0002>", b"<7002>"))


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def saved(data: bytes, edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return the file after ``edit``, its streams as they are."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        pdf.save(
            file,
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return file.getvalue()


OBJECTS: list[tuple[str, Callable[[pikepdf.Pdf], None]]] = [
    ("xmp-missing", drop(root, "/Metadata")),
    ("xmp-packet", xmp(b'<?xpacket begin="', b'<?xpacket bytes="9" begin="')),
    ("xmp-malformed", xmp(b"</rdf:RDF>", b"")),
    ("pdfaid", xmp(b"<pdfaid:part>2<", b"<pdfaid:part>1<")),
    ("pdfaid", xmp(b"<pdfaid:conformance>U<", b"<pdfaid:conformance>C<")),
    ("pdfaid", xmp(b"<pdfaid:conformance>U<", b"<pdfaid:conformance>A<")),
    ("xmp-prefix", xmp(b"pdfaid", b"id")),
    ("xmp-prefix", xmp(b"pdfaSchema", b"s")),
    ("xmp-type", xmp(b"<sohoa:Received>2023-09-15<", b"<sohoa:Received>15/09/2023<")),
    ("xmp-type", xmp(b">sohoa</pdf:Producer>", b"><rdf:Bag><rdf:li>sohoa</rdf:li></rdf:Bag></pdf:Producer>")),
    ("extension-schema", xmp(b"<pdfaSchema:prefix>", b"<pdfaSchema:note>x</pdfaSchema:note><pdfaSchema:prefix>")),
    ("xmp-type", xmp(b"<rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag>", b"vi")),
    ("extension-schema", xmp(b"<pdfaProperty:name>Unit<", b"<pdfaProperty:name>Other<")),
    ("extension-schema", xmp(b"<pdfaProperty:valueType>Date<", b"<pdfaProperty:valueType>Day<")),
    ("docinfo", xmp("Thành phần hồ sơ".encode(), b"Something else")),
    ("docinfo", put(lambda pdf: pdf.trailer.Info, "/CreationDate", String("D:20230915000000Z"))),
    ("docinfo", put(lambda pdf: pdf.trailer.Info, "/Clerk", String("someone"))),
    ("output-intent", drop(root, "/OutputIntents")),
    ("output-intent", drop(lambda pdf: pdf.Root.OutputIntents[0], "/DestOutputProfile")),
    ("output-intent", lambda pdf: pdf.Root.OutputIntents.append(Dictionary(S=Name.GTS_PDFX))),
    ("icc", broken_profile),
    ("device-colour", drop(root, "/OutputIntents")),
    ("device-cmyk", content(b"0 0 0 1 k")),
    ("device-cmyk", put(image, "/ColorSpace", Name.DeviceCMYK)),
    ("colour-space", put(image, "/ColorSpace", Array([Name.CalGray, Dictionary(WhitePoint=Array([1, 1, 1]))]))),
    ("interpolate", put(image, "/Interpolate", True)),
    ("image-keys", put(image, "/Alternates", Array([]))),
    ("image-keys", put(image, "/BitsPerComponent", 3)),
    ("image-mask", soft_mask),
    ("image-mask", mask_with_colours),
    ("image-data", wrong_size),
    ("jpx-colour", code_stream_of_no_colour),
    ("image-data", put(image, "/ColorSpace", Name.DeviceRGB)),
    ("rendering-intent", put(image, "/Intent", Name.Nice)),
    ("rendering-intent", content(b"/Nice ri")),
    ("xobject", form_xobject),
    ("content", content(b"frob")),
    ("content", content(b"BT /F0 9 Tf <000100> Tj ET")),
    ("q-nesting", content(b"q")),
    ("q-nesting", content(b"q " * 30 + b"Q " * 30)),
    ("resources", content(b"/Im9 Do")),
    ("font-type", put(cid_font, "/BaseFont", Name.Other)),
    ("font-type", put(font, "/Subtype", Name.Type1)),
    ("font-type", put(cid_font, "/Type", Name.Other)),
    ("font-type", put(lambda pdf: cid_font(pdf).FontDescriptor, "/CIDSet", Array([]))),
    ("font-embedded", drop(lambda pdf: cid_font(pdf).FontDescriptor, "/FontFile2")),
    ("font-width", wrong_width),
    ("font-width", drop(cid_font, "/W")),
    ("notdef", show_notdef),
    ("notdef", drop(cid_font, "/CIDToGIDMap")),
    ("to-unicode", drop(font, "/ToUnicode")),
    ("to-unicode", unmapped),
    ("action", script),
    ("action", put(root, "/AA", Dictionary())),
    ("embedded-file", embed_file),
    ("form", put(root, "/AcroForm", Dictionary(Fields=Array([])))),
    ("optional-content", put(root, "/OCProperties", Dictionary())),
    ("annotation", annotate),
    ("page-size", put(page, "/MediaBox", Array([0, 0, 2, 800]))),
    ("page-size", put(page, "/CropBox", Array([0, 0, 14_401, 800]))),
    ("transparency", see_through),
    ("graphics-state", transfer),
    ("transparency", blended),
    ("permissions", put(root, "/Perms", Dictionary())),
    ("requirements", put(root, "/Requirements", Array([]))),
    ("form", put(root, "/NeedsRendering", True)),
    ("presentation", put(root, "/Names", Dictionary(AlternatePresentations=Dictionary()))),
    ("presentation", put(page, "/PresSteps", Dictionary())),
    ("action", put(lambda pdf: pdf.Root.Outlines.First, "/A", Dictionary(S=Name.Named, N=Name.Print))),
    ("lzw", lzw),
    ("filter", foreign_filter),
    ("external-stream", put(image, "/F", String("elsewhere.jpg"))),
    ("language", drop(root, "/Lang")),
    ("limits", put(root, "/Extra", String("x" * 40_000))),
    ("limits", put(root, "/Extra", 2**31)),
    ("limits", put(root, "/Extra", Name("/" + "x" * 128))),
    ("limits", content(b"q 1 0 0 1 " + b"9" * 39 + b".5 0 cm Q")),
    ("limits", content(b"q 0." + b"0" * 38 + b"1 0 0 1 0 0 cm Q")),
    ("name-encoding", content(b"/a#ff BMC EMC")),
    ("hex-string", content(b"BT 3 Tr /F0 9 Tf <00010> Tj ET")),
]


@pytest.mark.parametrize(("rule", "edit"), OBJECTS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(OBJECTS)])
def test_a_broken_object_is_named(rule: str, edit: Callable[[pikepdf.Pdf], None], good: bytes) -> None:
    edited = saved(good, edit)
    assert rule in {violation.rule for violation in violations(edited)}


def test_saving_alone_breaks_no_rule(good: bytes) -> None:
    """The edits above are saved the same way, so what is named there comes from the edit."""
    assert violations(saved(good, lambda pdf: None)) == []


def once(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return edit


def shifted_entry(data: bytes) -> bytes:
    table = data.rindex(b"\nxref\n")
    entry = re.compile(rb"(\d{10}) 00000 n").search(data, table)
    assert entry is not None
    return data[: entry.start()] + b"%010d" % (int(entry[1]) + 1) + data[entry.start() + 10 :]


def shortened_stream(data: bytes) -> bytes:
    length = re.search(rb"/Length (\d\d+)", data)
    assert length is not None
    return data[: length.start(1)] + b"%0*d" % (len(length[1]), int(length[1]) - 1) + data[length.end(1) :]


def encrypted(data: bytes) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="o", user=""))
    return file.getvalue()


BYTES: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("header", once(b"%PDF-1.7", b"%PDF-2.0")),
    ("header", lambda data: b"\n" + data),
    ("binary-comment", once(b"%\xbf\xf7\xa2\xfe", b"%abcd")),
    ("eof", lambda data: data + b"<html>"),
    ("xref", once(b"startxref\n", b"startxref\n9")),
    ("xref", shifted_entry),
    ("xref", once(b"xref\n0 ", b"xref \n0")),
    ("object-spacing", once(b"1 0 obj\n", b"1 0 obj ")),
    ("hex-string", once(b"(sohoa)", b"<73686>")),
    ("trailer-id", once(b"/ID [", b"/XX [")),
    ("stream-length", shortened_stream),
    ("syntax", lambda data: data[: len(data) // 2]),
    ("xmp-compressed", once(b"/Type /Metadata /L", b"/Filter []      /L")),
    ("encrypt", encrypted),
]


@pytest.mark.parametrize(("rule", "edit"), BYTES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(BYTES)])
def test_broken_bytes_are_named(rule: str, edit: Callable[[bytes], bytes], good: bytes) -> None:
    assert rule in {violation.rule for violation in violations(edit(good))}


def test_every_rule_was_seen_to_fail() -> None:
    here = Path(__file__).parent
    code = "".join(
        (here / name).read_text() for name in ("pdfa_rules.py", "pdfa_file.py", "pdfa_xmp.py", "pdfa_content.py")
    )
    rules = set(re.findall(r'Violation\(\s*"([a-z-]+)"', code)) | {
        "form",
        "optional-content",
        "embedded-file",
        "action",
        "permissions",
        "requirements",
    }
    assert len(rules) > 35
    assert rules == {rule for rule, _ in [*OBJECTS, *BYTES]}
