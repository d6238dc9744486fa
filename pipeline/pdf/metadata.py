"""What the file says about itself: XMP with the dossier's own namespace, and a document information that agrees.

The file claims PDF/A-2u: the one font there is maps each of its codes to a character (``glyphless``).  A checker for
2b takes that claim too, for 2u is 2b and this map (ISO 19005-2, 6.6.4).

Nothing here knows the time: the same dossier gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Name, Pdf, Stream

from pipeline.model import UNKNOWN, Document
from pipeline.pdf.glyphless import printable
from sohoa.ids import Section
from sohoa.text import nfc

NAMESPACE = "urn:sohoa:xmp:dossier:1#"
TOOL = "sohoa"
PAGE_PREFIX = {Section.RECORDS: "HS-", Section.PROCESSING: "XL-", Section.RESULTS: "KQ-"}
"""Prefixes of the page labels: hồ sơ, xử lý, kết quả."""


@dataclass(frozen=True, slots=True)
class SectionInfo:
    """What one section PDF is about; ``documents`` are those of this section, in page order.

    ``procedure_code`` is ``unknown`` when undecided; the file then says nothing about a procedure.
    """

    dossier_id: str
    unit: str
    received: dt.date
    section: Section
    procedure_code: str
    procedure_name: str
    documents: Sequence[Document] = ()

    @property
    def title(self) -> str:
        """The file's title: the dossier and the section's Vietnamese name."""
        return f"{_clean(self.dossier_id)} – {self.section.name_vi}"

    @property
    def subject(self) -> str:
        """The procedure's name and code, or nothing when undecided."""
        if self.procedure_code in ("", UNKNOWN):
            return ""
        return _clean(f"{self.procedure_name} ({self.procedure_code})".strip())


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    kind: str
    value: str
    description: str


def write_metadata(pdf: Pdf, info: SectionInfo) -> None:
    """Put the document information and the XMP packet into ``pdf``."""
    pdf.docinfo["/Title"] = info.title
    if info.subject:
        pdf.docinfo["/Subject"] = info.subject
    pdf.docinfo["/Creator"] = TOOL
    pdf.docinfo["/Producer"] = TOOL
    packet = Stream(pdf, xmp_packet(info).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)


def page_labels(section: Section) -> pikepdf.Dictionary:
    """Return the number tree that labels the pages HS-1, HS-2, … (XL- for processing, KQ- for results)."""
    label = pikepdf.Dictionary(S=Name.D, P=pikepdf.String(PAGE_PREFIX[section]))
    return pikepdf.Dictionary(Nums=pikepdf.Array([0, label]))


def bookmark(document: Document) -> str:
    """Return the title of a document's bookmark: its type's Vietnamese name and its pages."""
    name = _clean(document.type.name) or "Giấy tờ chưa xác định loại"
    if document.first_page == document.last_page:
        return f"{name} (trang {document.first_page})"
    return f"{name} (trang {document.first_page}–{document.last_page})"


def xmp_packet(info: SectionInfo) -> str:
    """Return the XMP packet, with the description of our namespace that PDF/A asks for (ISO 19005-2, 6.6.2.3)."""
    properties = _properties(info)
    subject = f"\n   <dc:description>{_localised(info.subject)}</dc:description>" if info.subject else ""
    return _PACKET.format(
        title=_localised(info.title),
        subject=subject,
        tool=TOOL,
        namespace=NAMESPACE,
        values="\n".join(f"   <sohoa:{p.name}>{escape(p.value)}</sohoa:{p.name}>" for p in properties),
        schema="\n".join(map(_described, properties)),
    )


def _properties(info: SectionInfo) -> list[_Property]:
    known = info.procedure_code not in ("", UNKNOWN)
    every = [
        _Property("DossierID", "Text", info.dossier_id, "Dossier ID (mã hồ sơ)"),
        _Property("Section", "Text", info.section.value, "Section of the dossier: records, processing or results"),
        _Property("Unit", "Text", info.unit, "Unit that received the dossier"),
        _Property("Received", "Date", info.received.isoformat(), "Day of reception"),
        _Property("ProcedureCode", "Text", info.procedure_code if known else "", "Code of the procedure"),
        _Property("ProcedureName", "Text", info.procedure_name if known else "", "Name of the procedure"),
    ]
    cleaned = [_Property(p.name, p.kind, _clean(p.value), p.description) for p in every]
    return [p for p in cleaned if p.value]


def _clean(text: str) -> str:
    """Return NFC text on one line that XML 1.0 can hold."""
    return nfc(printable(" ".join(text.split())))


def _localised(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def _described(described: _Property) -> str:
    return (
        '       <rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{described.name}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{described.kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{escape(described.description)}</pdfaProperty:description></rdf:li>"
    )


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>Vietnamese administrative dossiers</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>sohoa</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
{schema}
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>U</pdfaid:conformance>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:format>application/pdf</dc:format>
   <dc:title>{title}</dc:title>{subject}
   <dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <xmp:CreatorTool>{tool}</xmp:CreatorTool>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdf:Producer>{tool}</pdf:Producer>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:sohoa="{namespace}">
{values}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
"""One description per namespace and the extension's first: some readers (Apache xmpbox) find it only there."""
