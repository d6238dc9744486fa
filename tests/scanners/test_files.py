"""Any file at all: recognised by content, refused with file, reason and next step."""

from __future__ import annotations

import multiprocessing
import threading
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from scanners import files
from scanners.base import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileInfo,
    FileRejected,
    FileTooLarge,
    IntakeLimits,
    UnknownFormat,
)

LIMITS = IntakeLimits()


def test_an_empty_file_is_told_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "trống.pdf"
    path.touch()
    with pytest.raises(EmptyFile) as caught:
        files.inspect(path, "Lô 3/trống.pdf", LIMITS)
    assert str(caught.value) == "Lô 3/trống.pdf: tệp rỗng / the file is empty"
    assert "Quét lại" in caught.value.advice and "Scan the document again" in caught.value.advice


def test_names_decide_nothing(kit: Any, maker: Any, take: Any) -> None:
    maker.page([maker.jpeg(kit.draw_page("L"))])
    pdf = maker.save().read_bytes()
    for data, name, media_type in (
        (pdf, "a.jpg", "application/pdf"),
        (b"\r\n" * 200 + pdf, "b.tif", "application/pdf"),
        (kit.saved(kit.draw_page("L"), "JPEG"), "c.pdf", "image/jpeg"),
        (kit.saved(kit.draw_page("L"), "TIFF"), "d", "image/tiff"),
        (kit.saved(kit.draw_page("L"), "JPEG2000"), "e.png", "image/jp2"),
        (kit.saved(kit.draw_page("L"), "PNG"), "f.zip", "image/png"),
    ):
        info, pages = take(data, name)
        assert info.media_type == media_type and len(pages) == 1


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "MP4"),
        (b"GIF89a", "GIF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
        ("Giấy đề nghị".encode(), "plain text"),
        ("Giấy đề nghị ".encode() * 400, "plain text"),
        (b"\x01\x02\x03\xff\xfe" * 100, "no known kind"),
    ],
)
def test_other_formats_are_called_by_their_name(take: Any, head: bytes, said: str) -> None:
    with pytest.raises(UnknownFormat, match=said) as caught:
        take(head, "giấy tờ.pdf")
    assert "PDF, TIFF, JPEG, PNG" in caught.value.advice


def test_a_word_document_is_not_just_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "đơn.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnknownFormat, match="a Word document"):
        files.inspect(path, "đơn.pdf", LIMITS)


def test_a_file_made_to_size_but_never_filled(take: Any) -> None:
    with pytest.raises(DamagedFile, match="only zeros"):
        take(bytes(100_000), "scan.tif")


@pytest.mark.parametrize("share", [0.002, 0.1, 0.5, 0.9, 0.99, 0.999])
@pytest.mark.parametrize("linearize", [False, True])
def test_a_cut_pdf_is_refused_not_repaired(kit: Any, maker: Any, take: Any, share: float, linearize: bool) -> None:
    for seed in range(5):
        maker.page([maker.jpeg(kit.draw_page(seed=seed))])
    data = maker.save(linearize=linearize).read_bytes()
    with pytest.raises(DamagedFile):
        take(data[: int(len(data) * share)])


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_passwords_are_asked_for(kit: Any, maker: Any, take: Any, revision: int) -> None:
    maker.page([maker.jpeg(kit.draw_page())])
    modern = revision > 3
    lock = pikepdf.Encryption(owner="boss", user="secret", R=revision, aes=modern, metadata=modern)
    path = maker.save(encryption=lock)
    with pytest.raises(EncryptedFile) as caught:
        take(path)
    assert "Xin bản không đặt mật khẩu" in caught.value.advice


def test_ten_thousand_empty_pages_are_refused_quickly(maker: Any) -> None:
    page = maker.pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=pikepdf.Array([0, 0, 595, 842])))
    kids = [maker.pdf.make_indirect(pikepdf.Dictionary(page)) for _ in range(10_000)]
    maker.pdf.Root.Pages.Kids, maker.pdf.Root.Pages.Count = pikepdf.Array(kids), 10_000
    for kid in kids:
        kid.Parent = maker.pdf.Root.Pages
    path = maker.save()
    with pytest.raises(FileTooLarge, match="10000 pages, more than the limit of 3000"):
        files.inspect(path, "many.pdf", LIMITS)


def test_a_page_count_that_lies_is_damage(kit: Any, maker: Any) -> None:
    maker.page([maker.jpeg(kit.draw_page("L"))])
    path = maker.save(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = path.read_bytes()
    assert b"/Count 1" in data
    path.write_bytes(data.replace(b"/Count 1", b"/Count 7"))
    with pytest.raises(DamagedFile):
        files.inspect(path, "lies.pdf", LIMITS)


def test_a_page_tree_that_runs_in_a_circle_ends(maker: Any) -> None:
    maker.page([], "")
    maker.pdf.Root.Pages.Kids.append(maker.pdf.Root.Pages)
    maker.pdf.Root.Pages.Count = 2
    path = maker.save()
    with pytest.raises(DamagedFile):
        files.inspect(path, "circle.pdf", LIMITS)


def test_too_many_bytes(take: Any) -> None:
    with pytest.raises(FileTooLarge, match="limit of 1 MB"):
        take(bytes(3 * 1024**2), limits=IntakeLimits(file_bytes=1024**2))


def test_a_folder_or_missing_file_is_a_rejection(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "không có.pdf"):
        with pytest.raises(FileRejected, match=r"cannot be (read|opened)"):
            files.inspect(path, path.name, LIMITS)


def sign(pdf: pikepdf.Pdf, value: pikepdf.Object | None, **form: Any) -> None:
    """Give the file a signature field below a field that says what it is; ``value`` None leaves it to be signed."""
    parent = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("ký")))
    kid = pikepdf.Dictionary(Parent=parent) if value is None else pikepdf.Dictionary(Parent=parent, V=value)
    parent.Kids = pikepdf.Array([pdf.make_indirect(kid)])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([parent]), **form)


def test_signatures_are_noticed(kit: Any, maker: Any, take: Any) -> None:
    maker.page([maker.jpeg(kit.draw_page())])
    plain = maker.save("plain.pdf")
    value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=pikepdf.Array([0, 10, 20, 10]))
    sign(maker.pdf, value)
    assert not take(plain)[0].signed and take(maker.save("signed.pdf"))[0].signed
    del maker.pdf.Root.AcroForm
    maker.pdf.Root.Perms = pikepdf.Dictionary(DocMDP=value)
    assert take(maker.save("certified.pdf"))[0].signed


def test_a_field_that_nobody_has_signed_yet_is_no_signature(kit: Any, maker: Any, take: Any) -> None:
    maker.page([maker.jpeg(kit.draw_page())])
    sign(maker.pdf, None, SigFlags=3)
    assert not take(maker.save("form.pdf"))[0].signed


def test_dynamic_forms_are_refused_with_the_way_out(maker: Any) -> None:
    maker.page([], "BT /F 12 Tf 20 100 Td (Please wait...) Tj ET")
    maker.pdf.Root.NeedsRendering = True
    with pytest.raises(UnknownFormat, match="hãy in ra PDF"):
        files.inspect(maker.save(), "xfa.pdf", LIMITS)


@pytest.mark.parametrize(
    "name", ["a'b\"c.pdf", "giấy khai sinh “số 1”.pdf", "-r 9999.pdf", "a;b $(id) `x`.pdf", "x\ny.pdf"]
)
def test_hostile_names_are_only_names(kit: Any, maker: Any, take: Any, name: str) -> None:
    maker.page([maker.jpeg(kit.draw_page())])
    maker.page([], "BT /F 12 Tf 20 100 Td (drawn) Tj ET", (100, 100))
    _, [scanned, drawn] = take(maker.save(name))
    assert scanned.untouched and drawn.data.startswith(b"P6")


def test_pages_outside_the_file_are_a_programming_error(kit: Any, take: Any) -> None:
    info, _ = take(kit.saved(kit.draw_page("L"), "JPEG"))
    for index in (-1, 1):
        with pytest.raises(IndexError):
            files.read_page(info, index, LIMITS)
        with pytest.raises(IndexError):
            files.extract_original(info, [index])


def test_a_file_that_changed_is_not_read_as_before(kit: Any, maker: Any, take: Any) -> None:
    maker.page([maker.jpeg(kit.draw_page())])
    maker.page([maker.jpeg(kit.draw_page(seed=2))])
    info, _ = take(maker.save())
    maker.page([maker.jpeg(kit.draw_page(seed=3))])
    maker.save()
    for read in (lambda: files.read_page(info, 0, LIMITS), lambda: files.extract_original(info, [0, 1])):
        with pytest.raises(DamagedFile, match="changed"):
            read()


def _read(info: FileInfo, index: int) -> bytes:
    return files.read_page(info, index, LIMITS).data


def test_workers_and_threads_read_one_file_at_once(kit: Any, maker: Any, take: Any) -> None:
    for seed in range(12):
        maker.page([maker.flate(kit.draw_page("1", seed=seed))])
    info, pages = take(maker.save())
    wanted = [page.data for page in pages]
    jobs = [(info, index) for index in range(12)]
    with multiprocessing.get_context("fork").Pool(2) as pool:  # children born with the parent's file open
        assert pool.starmap(_read, jobs) == wanted
    found: dict[int, bytes] = {}
    threads = [threading.Thread(target=lambda at=at: found.update({at: _read(info, at)})) for at in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[at] for at in range(12)] == wanted
