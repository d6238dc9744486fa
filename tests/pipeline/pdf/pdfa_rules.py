"""Our own PDF/A-2u checker: hold a file against the rules of ISO 19005-2 and name each that it breaks.

It trusts no claim of the file and shares no code with the writer.  Where the standard allows something that our files
have no use for (xref streams, forms, JPEG 2000, annotations, embedded PDF/A files), the checker is stricter and names
it too, so a clean result means: valid, and nothing in it that sohoa did not mean to write.

Held against the 146 rules of veraPDF's profile for 2u (144 for 2b): each is checked here or what it is about is not
allowed at all; only the value types of XMP properties that sohoa never writes are not looked at.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pdfa_content import icc_violations, limit_violations, page_violations
from pdfa_file import Violation, file_violations
from pdfa_xmp import metadata_violations

__all__ = ["Violation", "violations"]

_FILTERS = {
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/FlateDecode",
    "/RunLengthDecode",
    "/CCITTFaxDecode",
    "/DCTDecode",
    "/JBIG2Decode",
    "/JPXDecode",
}
_FORBIDDEN_ACTIONS = {
    "/Launch",
    "/Sound",
    "/Movie",
    "/ResetForm",
    "/ImportData",
    "/Hide",
    "/SetOCGState",
    "/Rendition",
    "/Trans",
    "/GoTo3DView",
    "/JavaScript",
    "/SubmitForm",
    "/GoToE",
    "/GoToR",
}
_BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
_MIN_SIDE, _MAX_SIDE = 3, 14_400
_MAX_OBJECTS = 8_388_607
_UNWANTED = {
    "/AA": "action",
    "/AcroForm": "form",
    "/NeedsRendering": "form",
    "/OCProperties": "optional-content",
    "/Perms": "permissions",
    "/Requirements": "requirements",
    "/Collection": "embedded-file",
    "/AF": "embedded-file",
}
"""Keys of the catalogue, and the rules that they would make our files answer for."""


def violations(data: bytes) -> list[Violation]:
    """Return every rule of PDF/A-2u (and of our own) that the file ``data`` breaks; an empty list is a pass."""
    return list(_violations(data))


def _violations(data: bytes) -> Iterator[Violation]:
    yield from file_violations(data)
    try:
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        yield Violation("syntax", f"the file cannot be opened: {error}")
        return
    with pdf:
        for problem in pdf.check_pdf_syntax():
            yield Violation("syntax", problem)
        yield from metadata_violations(pdf)
        intent, wrong = _output_intent(pdf)
        yield from wrong
        yield from _catalogue(pdf.Root)
        if not len(pdf.pages):
            yield Violation("page-size", "the file has no page")
        for page in pdf.pages:
            yield from _page(page, intent)
            yield from page_violations(page, intent)
        if len(pdf.objects) > _MAX_OBJECTS:
            yield Violation("limits", f"{len(pdf.objects)} objects")
        for thing in pdf.objects:
            yield from _object(thing, intent)


def _output_intent(pdf: pikepdf.Pdf) -> tuple[int | None, list[Violation]]:
    intents = list(pdf.Root.get("/OutputIntents", []))
    if len(intents) != 1 or intents[0].get("/S") != "/GTS_PDFA1":
        return None, [Violation("output-intent", f"{len(intents)} output intents for PDF/A")]
    profile = intents[0].get("/DestOutputProfile")
    if not isinstance(profile, pikepdf.Stream) or "/OutputConditionIdentifier" not in intents[0]:
        return None, [Violation("output-intent", "the output intent has no profile or no identifier")]
    components = int(profile.get("/N", 0))
    data = profile.read_bytes()
    wrong = list(icc_violations(data, components))
    if data[12:16] not in (b"mntr", b"prtr"):
        wrong.append(Violation("output-intent", f"a profile of class {data[12:16]!r}"))
    return components, wrong


def _catalogue(root: pikepdf.Object) -> Iterator[Violation]:
    for key, rule in _UNWANTED.items():
        if key in root:
            yield Violation(rule, f"the catalogue has {key}")
    if isinstance(root.get("/OpenAction"), pikepdf.Dictionary):
        yield Violation("action", "the catalogue has an action on opening")
    names = root.get("/Names", {})
    presentations = ("/AlternatePresentations", "presentation")
    for key, rule in (("/EmbeddedFiles", "embedded-file"), ("/JavaScript", "action"), presentations):
        if key in names:
            yield Violation(rule, f"the name tree has {key}")
    if not str(root.get("/Lang", "")):
        yield Violation("language", "the catalogue has no /Lang")


def _page(page: pikepdf.Page, intent: int | None) -> Iterator[Violation]:
    for key in _BOXES:
        if key not in page.obj:
            continue
        left, bottom, right, top = (float(value) for value in page.obj[key])
        if not all(_MIN_SIDE <= side <= _MAX_SIDE for side in (right - left, top - bottom)):
            yield Violation("page-size", f"{key} of {right - left:g} × {top - bottom:g} pt")
    if "/MediaBox" not in page.obj:
        yield Violation("page-size", "a page has no MediaBox")
    if "/PresSteps" in page.obj:
        yield Violation("presentation", "a page has steps of a presentation")
    if len(page.obj.get("/Annots", [])):
        yield Violation("annotation", "a page has annotations")
    if "/Group" in page.obj and intent is None and "/CS" not in page.obj.Group:
        yield Violation("transparency", "a transparency group without colour space or output intent")


def _object(thing: pikepdf.Object, intent: int | None) -> Iterator[Violation]:
    """Check one object and what is written inside it (not what it refers to: that has its own turn)."""
    yield from limit_violations(thing)
    if isinstance(thing, pikepdf.Stream):
        yield from _stream(thing)
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield from _dictionary(thing, intent)
        values = [value for _, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        values = list(thing)
    else:
        return
    for value in values:
        if not getattr(value, "is_indirect", False):
            yield from _object(value, intent)


def _stream(stream: pikepdf.Stream) -> Iterator[Violation]:
    filters = stream.get("/Filter", [])
    for name in filters if isinstance(filters, pikepdf.Array) else [filters] if filters else []:
        if name == "/LZWDecode":
            yield Violation("lzw", "a stream is compressed by LZW")
        elif str(name) not in _FILTERS:
            yield Violation("filter", f"a stream has filter {name}")
    for key in ("/F", "/FFilter", "/FDecodeParms"):
        if key in stream:
            yield Violation("external-stream", f"a stream has {key}")


def _dictionary(thing: pikepdf.Object, intent: int | None) -> Iterator[Violation]:
    if str(thing.get("/S", "")) in _FORBIDDEN_ACTIONS or any(key in thing for key in ("/A", "/AA", "/JS")):
        yield Violation("action", f"an action {thing.get('/S')}")
    if "/EF" in thing or thing.get("/Type") == "/EmbeddedFile":
        yield Violation("embedded-file", "a file is embedded")
    if thing.get("/Type") == "/ExtGState" or "/BM" in thing or "/ca" in thing or "/CA" in thing:
        seen = any(thing.get(k, 1) != 1 for k in ("/ca", "/CA")) or thing.get("/BM", "/Normal") != "/Normal"
        if seen and intent is None:
            yield Violation("transparency", "transparent painting without an output intent")
        for key in {"/TR", "/TR2", "/HT", "/HTP", "/RI"} & set(thing.keys()):
            yield Violation("graphics-state", f"a graphics state has {key}")
        if thing.get("/BM", "/Normal") not in ("/Normal", "/Compatible", "/Multiply"):
            yield Violation("transparency", f"blend mode {thing.BM}")
