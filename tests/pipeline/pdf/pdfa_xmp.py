"""PDF/A-2u, what a file says about itself (ISO 19005-2, 6.6): the XMP packet and the document information."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pikepdf
from pdfa_file import Violation

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_KINDS = {
    "title": "Alt",
    "description": "Alt",
    "rights": "Alt",
    "creator": "Seq",
    "date": "Seq",
    "language": "Bag",
    "subject": "Bag",
    "contributor": "Bag",
    "publisher": "Bag",
    "relation": "Bag",
    "type": "Bag",
}
_PREDEFINED = {
    DC: {*_KINDS, "coverage", "format", "identifier", "source"},
    XMP: {"CreateDate", "CreatorTool", "Identifier", "Label", "MetadataDate", "ModifyDate", "Nickname", "Rating"},
    PDF: {"Keywords", "PDFVersion", "Producer", "Trapped"},
    PDFAID: {"part", "conformance", "amd", "corr"},
    EXTENSION: {"schemas"},
}
_INFO = {
    "/Title": DC + "title",
    "/Subject": DC + "description",
    "/Author": DC + "creator",
    "/Keywords": PDF + "Keywords",
    "/Creator": XMP + "CreatorTool",
    "/Producer": PDF + "Producer",
    "/CreationDate": XMP + "CreateDate",
    "/ModDate": XMP + "ModifyDate",
}
_PREFIXES = {
    PDFAID: "pdfaid",
    EXTENSION: "pdfaExtension",
    SCHEMA: "pdfaSchema",
    PROPERTY: "pdfaProperty",
}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_VALUE_TYPES = {"Text", "Date", "Integer", "Boolean", "Real", "URI", "URL", "ProperName", "AgentName"}


def metadata_violations(pdf: pikepdf.Pdf) -> Iterator[Violation]:
    """Yield what is wrong with the XMP packet, and where it and the document information differ."""
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        yield Violation("xmp-missing", "the catalogue has no /Metadata stream")
        return
    if stream.get("/Type") != "/Metadata" or stream.get("/Subtype") != "/XML":
        yield Violation("xmp-missing", "the metadata stream is not of type Metadata, subtype XML")
    if "/Filter" in stream:
        yield Violation("xmp-compressed", "the metadata stream is compressed")
    packet = stream.read_bytes()
    head = re.match(rb"<\?xpacket ([^?]*)\?>", packet)
    if head is None or b"bytes=" in head[1] or b"encoding=" in head[1]:
        yield Violation("xmp-packet", "the packet header is missing or has a bytes or encoding attribute")
    try:
        tree = ET.fromstring(packet.decode("utf-8"))
    except (ET.ParseError, UnicodeDecodeError) as error:
        yield Violation("xmp-malformed", str(error))
        return
    found = _properties(tree)
    yield from _identification(found)
    yield from _prefixes(packet.decode("utf-8"))
    yield from _kinds(found)
    yield from _declared(found)
    yield from _docinfo(pdf, found)


def _properties(tree: ET.Element) -> dict[str, ET.Element]:
    """Return top-level properties by expanded name; properties written as attributes become elements."""
    found: dict[str, ET.Element] = {}
    for description in tree.iterfind(f"{RDF}RDF/{RDF}Description"):
        for name, value in description.attrib.items():
            if not name.startswith(RDF):
                found[name] = ET.Element(name)
                found[name].text = value
        found.update({child.tag: child for child in description})
    return found


def _text(element: ET.Element | None) -> str:
    """Return a simple value, the x-default of alternatives, or the items of a list joined by “; ”."""
    if element is None:
        return ""
    items = element.findall(f".//{RDF}li")
    if element.find(f"{RDF}Alt") is not None:
        items = [item for item in items if item.get(LANG) == "x-default"]
    return "; ".join(item.text or "" for item in items) if items else (element.text or "").strip()


def _identification(found: dict[str, ET.Element]) -> Iterator[Violation]:
    part, conformance = _text(found.get(PDFAID + "part")), _text(found.get(PDFAID + "conformance"))
    if (part, conformance) not in {("2", "B"), ("2", "U")}:  # the checker holds every file against 2u, none against 2a
        yield Violation("pdfaid", f"part {part!r}, conformance {conformance!r}")


def _prefixes(packet: str) -> Iterator[Violation]:
    """Hold the prefixes of the namespaces of PDF/A against those that the standard prescribes (6.6.2.3, 6.6.4)."""
    for prefix, namespace in re.findall(r"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)", packet):
        if _PREFIXES.get("{" + namespace + "}", prefix) != prefix:
            yield Violation("xmp-prefix", f"{namespace} has the prefix {prefix}")


def _kinds(found: dict[str, ET.Element]) -> Iterator[Violation]:
    for name, kind in _KINDS.items():
        element = found.get(DC + name)
        if element is not None and element.find(f"{RDF}{kind}") is None:
            yield Violation("xmp-type", f"dc:{name} is no rdf:{kind}")
    for name in (DC + "format", XMP + "CreatorTool", PDF + "Producer"):
        if len(found.get(name, ())):
            yield Violation("xmp-type", f"{name} is no plain text")


def _declared(found: dict[str, ET.Element]) -> Iterator[Violation]:
    """Each property is a predefined one or described, with all the fields of a description."""
    described: set[str] = set()
    schemas = found.get(EXTENSION + "schemas")
    for schema in schemas.iterfind(f"{RDF}Bag/{RDF}li") if schemas is not None else ():
        namespace = schema.findtext(SCHEMA + "namespaceURI") or ""
        yield from _unknown(schema, SCHEMA, {"schema", "namespaceURI", "prefix", "property"})
        if not (namespace and schema.findtext(SCHEMA + "schema") and schema.findtext(SCHEMA + "prefix")):
            yield Violation("extension-schema", "a schema lacks its name, namespace or prefix")
        for item in schema.iterfind(f"{SCHEMA}property/{RDF}Seq/{RDF}li"):
            fields = [item.findtext(PROPERTY + n) or "" for n in ("name", "valueType", "category", "description")]
            name, kind, category, _ = fields
            if not all(fields) or kind not in _VALUE_TYPES or category not in ("internal", "external"):
                yield Violation("extension-schema", f"the description of {name or 'a property'} is incomplete")
            yield from _unknown(item, PROPERTY, {"name", "valueType", "category", "description"})
            described.add(f"{{{namespace}}}{name}")
            value = found.get(f"{{{namespace}}}{name}")
            if value is not None and (len(value) or (kind == "Date" and not _DATE.fullmatch(value.text or ""))):
                yield Violation("xmp-type", f"{name} is no {kind}")
    for name in found:
        namespace = name[: name.index("}") + 1]
        if name[len(namespace) :] not in _PREDEFINED.get(namespace, ()) and name not in described:
            yield Violation("extension-schema", f"{name} is neither predefined nor described")


def _unknown(element: ET.Element, namespace: str, known: set[str]) -> Iterator[Violation]:
    """Yield the fields that a description may not have; value types of our own would need rules of their own."""
    for child in element:
        if child.tag not in {namespace + name for name in known}:
            yield Violation("extension-schema", f"{child.tag} in the description of a schema")


def _docinfo(pdf: pikepdf.Pdf, found: dict[str, ET.Element]) -> Iterator[Violation]:
    info = pdf.trailer.get("/Info")
    for key, value in info.items() if info is not None else ():
        if key not in _INFO:
            yield Violation("docinfo", f"{key} has no counterpart in the XMP packet")
            continue
        written, said = str(value), _text(found.get(_INFO[key]))
        if key.endswith("Date"):
            written, said = (re.sub(r"\D", "", text)[:14] for text in (written, said))
        if written != said:
            yield Violation("docinfo", f"{key} is “{written}”, the XMP packet says “{said}”")
