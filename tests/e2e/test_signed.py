"""Digitally signed files: the signature still holds in what the archive gives back, and nobody gets others' papers."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdf2image import convert_from_path
from pikepdf import Array, Dictionary, Name, Stream, String

FIRST, SECOND = "H11.35-230915-0001", "H11.35-230915-0002"
_HOLE = 16_000
"""Hexadecimal digits left free for the signature."""


def openssl(*arguments: object, data: bytes = b"") -> bytes:
    return subprocess.run(
        ["openssl", *map(str, arguments)], input=data, capture_output=True, check=True, timeout=60
    ).stdout


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key and a certificate that say who signs."""
    folder = tmp_path_factory.mktemp("identity")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9999", "-subj", "/CN=Nguyen Van A"),
        *("-keyout", key, "-out", certificate),
    )
    return key, certificate


@pytest.fixture
def signed_pdf(identity: tuple[Path, Path]) -> Callable[[Path, list[bytes]], bytes]:
    """Writes pages (JPEG, A4) as a PDF that a person signed visibly on the first page."""

    def write(path: Path, pages: list[bytes]) -> bytes:
        path.parent.mkdir(parents=True, exist_ok=True)
        with pikepdf.new() as pdf:
            for data in pages:
                image = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=1240, Height=1754)
                image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceGray, 8, Name.DCTDecode
                page = pdf.add_blank_page(page_size=(595, 842))
                page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
                page.obj.Contents = Stream(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
            value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"))
            value.ByteRange, value.Contents = Array([0, *[9_999_999_999] * 3]), String(b"\0" * (_HOLE // 2))
            look = Stream(pdf, b"0 0 1 RG 1 1 98 28 re S", Type=Name.XObject, Subtype=Name.Form)
            look.BBox = Array([0, 0, 100, 30])
            widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("ky"), F=4)
            widget.Rect, widget.V, widget.AP = Array([400, 60, 500, 90]), pdf.make_indirect(value), Dictionary(N=look)
            pdf.pages[0].obj.Annots = Array([pdf.make_indirect(widget)])
            pdf.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([pdf.pages[0].obj.Annots[0]]))
            pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
        data = sign(path.read_bytes(), *identity)
        path.write_bytes(data)
        return data

    return write


def sign(data: bytes, key: Path, certificate: Path) -> bytes:
    """Fill the hole that was left for the signature (ISO 32000-1, 12.8.3.3)."""
    hole = re.search(rb"<0{%d}>|\((?:\\000){%d}\)" % (_HOLE, _HOLE // 2), data)
    numbers = re.search(rb"\[ 0( 9999999999){3} \]", data)
    assert hole is not None and numbers is not None
    covered = [0, hole.start(), hole.end(), len(data) - hole.end()]
    written = f"[ {' '.join(map(str, covered))}".encode().ljust(len(numbers[0]) - 1) + b"]"
    data = data[: numbers.start()] + written + data[numbers.end() :]
    content = data[: hole.start()] + data[hole.end() :]
    options = ("cms", "-sign", "-binary", "-outform", "DER", "-md", "sha256", "-noattr")
    signature = openssl(*options, "-signer", certificate, "-inkey", key, data=content).hex().encode()
    return (
        data[: hole.start()] + b"<" + signature.ljust(hole.end() - hole.start() - 2, b"0") + b">" + data[hole.end() :]
    )


def signatures(path: Path) -> str:
    """What ``pdfsig`` says of a file's signatures."""
    command = ["pdfsig", "-nocert", path]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout


def codes(event: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in event["findings"]}


def test_the_signature_still_holds_in_the_exported_original(desk: Any, make_page: Any, signed_pdf: Any) -> None:
    pages = [make_page(f"QUYẾT ĐỊNH\nVề việc cấp giấy chứng nhận\nTrang {number}") for number in (1, 2)]
    data = signed_pdf(desk.folder / "in" / FIRST / "ket-qua" / "quyet-dinh.pdf", pages)
    assert "Signature is Valid" in signatures(desk.folder / "in" / FIRST / "ket-qua" / "quyet-dinh.pdf")
    event = desk.sohoa("digitize", "in", "--json").dossiers[FIRST]
    assert (event["status"], event["pages"]) == ("archived", 2)
    assert "file-signed" in codes(event)
    assert data in desk.objects().values()
    assert desk.sohoa("export", FIRST, "--output", "out").status == 0
    (original,) = (desk.folder / "out" / FIRST / "originals").iterdir()
    assert original.read_bytes() == data
    assert "Signature is Valid" in signatures(original)
    assert "Total document signed" in signatures(original)
    assert "does not contain any signatures" in signatures(desk.folder / "out" / FIRST / "results.pdf")


@pytest.fixture
def covers(desk: Any) -> Callable[..., list[bytes]]:
    """Prints a cover sheet for each dossier and scans it at 150 dpi."""

    def printed(*dossiers: str) -> list[bytes]:
        rows = "".join(f"{dossier},records,,\n" for dossier in dossiers)
        (desk.folder / "covers.csv").write_text(f"ma_ho_so,phan,thu_tuc,so_trang\n{rows}", "utf-8")
        assert desk.sohoa("covers", "covers.csv", "--output", "covers.pdf").status == 0
        scanned = []
        for image in convert_from_path(desk.folder / "covers.pdf", size=(1240, 1754), grayscale=True):
            image.save(out := io.BytesIO(), "JPEG", quality=85, dpi=(150, 150))
            scanned.append(out.getvalue())
        return scanned

    return printed


def test_a_signed_file_in_a_stack_stays_whole_when_one_dossier_has_all_of_it(
    desk: Any, make_page: Any, signed_pdf: Any, covers: Any
) -> None:
    stack = desk.folder / "in"
    data = signed_pdf(stack / "2.pdf", [make_page("GIẤY XÁC NHẬN\nCư trú tại khu phố"), make_page("ĐƠN ĐỀ NGHỊ")])
    for name, cover in zip(("1.jpg", "3.jpg"), covers(FIRST, SECOND), strict=True):
        (stack / name).write_bytes(cover)
    (stack / "4.jpg").write_bytes(make_page("GIẤY KHAI SINH\nSố 12"))
    dossiers = desk.sohoa("digitize", "in", "--json").dossiers
    assert {key: event["pages"] for key, event in dossiers.items()} == {FIRST: 2, SECOND: 1}
    assert "file-signed" in codes(dossiers[FIRST])
    assert not {"file-signed", "file-signed-divided"} & codes(dossiers[SECOND])
    assert [key for key, stored in desk.objects().items() if stored == data]
    assert not (desk.folder / "sohoa-data" / "rejected").exists()


def test_a_signed_file_of_two_families_is_whole_in_neither_dossier_and_kept_aside(
    desk: Any, make_page: Any, signed_pdf: Any, covers: Any
) -> None:
    first, second = make_page("GIẤY XÁC NHẬN\nCư trú tại khu phố 1"), make_page("GIẤY XÁC NHẬN\nCư trú tại khu phố 2")
    cover, other_cover = covers(FIRST, SECOND)
    data = signed_pdf(desk.folder / "in" / "chong.pdf", [cover, first, other_cover, second])
    ran = desk.sohoa("digitize", "in", "--json")
    assert ran.status == 1
    assert {key: event["pages"] for key, event in ran.dossiers.items()} == {FIRST: 1, SECOND: 1}
    for dossier, own, others in ((FIRST, first, second), (SECOND, second, first)):
        assert "file-signed-divided" in codes(ran.dossiers[dossier])
        assert desk.sohoa("export", dossier, "--output", "out").status == 0
        (original,) = (desk.folder / "out" / dossier / "originals").iterdir()
        extract = original.read_bytes()
        assert own in extract
        assert others not in extract
        assert "does not contain any signatures" in signatures(original), "no viewer may call it forged"
    assert data not in desk.objects().values()
    (kept,) = (desk.folder / "sohoa-data" / "rejected").glob("*.pdf")
    assert kept.read_bytes() == data
    assert "[file-signed-divided]" in kept.with_name(f"{kept.name}.reason.txt").read_text("utf-8")
    kept.unlink()  # as if the run had been killed before it came to keep the file
    assert {event["status"] for event in desk.sohoa("digitize", "in", "--json").of("dossier")} == {"unchanged"}
    assert kept.read_bytes() == data


def test_no_copy_is_made_of_a_signed_file_with_a_secret_page(
    desk: Any, make_page: Any, signed_pdf: Any, covers: Any
) -> None:
    secret = make_page("TỐI MẬT\n\nBÁO CÁO\nVề tình hình an ninh trên địa bàn")
    cover, other_cover = covers(FIRST, SECOND)
    pages = [cover, make_page("GIẤY XÁC NHẬN\nCư trú tại khu phố 1"), other_cover, secret]
    signed_pdf(desk.folder / "in" / "chong.pdf", pages)
    ran = desk.sohoa("digitize", "in", "--json")
    assert {key: event["status"] for key, event in ran.dossiers.items()} == {FIRST: "archived", SECOND: "rejected"}
    everything = [path.read_bytes() for path in (desk.folder / "sohoa-data").rglob("*") if path.is_file()]
    assert not any(secret in data for data in everything)


def test_a_page_that_cannot_be_read_does_not_cost_the_signature(desk: Any, make_page: Any, signed_pdf: Any) -> None:
    page = make_page("QUYẾT ĐỊNH\nVề việc cấp giấy chứng nhận")
    data = signed_pdf(desk.folder / "in" / FIRST / "1.pdf", [page, page[:4000]])
    event = desk.sohoa("digitize", "in", "--json").dossiers[FIRST]
    assert event["pages"] == 1
    assert {"page-unreadable", "file-signed"} <= codes(event)
    assert data in desk.objects().values()


def test_a_page_that_cannot_be_read_makes_no_copy_of_a_file_with_a_secret_page(
    desk: Any, make_page: Any, signed_pdf: Any
) -> None:
    secret = make_page("TỐI MẬT\n\nBÁO CÁO\nVề tình hình an ninh trên địa bàn")
    signed_pdf(desk.folder / "in" / FIRST / "1.pdf", [secret, secret[:4000]])
    ran = desk.sohoa("digitize", "in", "--json")
    assert (ran.dossiers[FIRST]["status"], ran.ledger["rejected"], ran.ledger["balanced"]) == ("rejected", 2, True)
    everything = [path.read_bytes() for path in (desk.folder / "sohoa-data").rglob("*") if path.is_file()]
    assert not any(secret in data for data in everything)
