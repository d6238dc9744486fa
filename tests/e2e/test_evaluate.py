"""``sohoa evaluate``: the machine held against the truth of the samples, and against what people settled."""

from __future__ import annotations

from typing import Any

from PIL import Image

from tests.e2e.conftest import SAMPLES

DOSSIER = "H11.35-230915-0001"


def test_the_samples_are_judged_by_their_truth(digitized: Any, tmp_path: Any) -> None:
    desk, _ = digitized
    chart = tmp_path / "tin-cậy.png"
    ran = desk.sohoa("evaluate", "--truth", SAMPLES / "truth", "--chart", chart, "--json")
    (told,) = ran.of("evaluation")
    assert ran.status == 0
    assert (told["types"]["known"], told["procedures"]["known"]) == (35, 10)
    assert (told["types"]["coverage"], told["types"]["accuracy"], told["types"]["confusions"]) == (1.0, 1.0, [])
    assert (told["procedures"]["coverage"], told["procedures"]["accuracy"]) == (1.0, 1.0)
    assert (told["begin"], told["found"], told["false"]) == (14, 14, 0)
    assert sum(one["count"] for one in told["types"]["bins"]) == 35
    with Image.open(chart) as picture:
        assert picture.format == "PNG" and min(picture.size) > 400
    said = desk.sohoa("evaluate", "--truth", SAMPLES / "truth").stdout
    assert "thấy 14 trong 14" in said and max(map(len, said.splitlines())) <= 80


def test_what_people_settled_is_the_truth_of_the_archive(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg", "TỜ KHAI ĐĂNG KÝ KHAI SINH\nHọ, chữ đệm, tên người yêu cầu: Nguyễn Thị Thu Hà")
    put(f"{DOSSIER}/2.jpg", "trang tiếp theo")
    desk.sohoa("digitize", "in")
    nothing = desk.sohoa("evaluate")
    assert (nothing.status, "chưa có gì để đối chiếu" in nothing.stderr) == (2, True)
    decisions = (
        ("type", "to_khai_ket_hon", "--at", "records:1"),
        ("procedure", "1.000894"),
        ("split", "--at", "records:2"),
    )
    for told in decisions:
        assert desk.sohoa("decide", DOSSIER, *told).status == 0
    (found,) = desk.sohoa("evaluate", "--json").of("evaluation")
    assert found["types"]["confusions"] == [{"truth": "to_khai_ket_hon", "given": "to_khai_khai_sinh", "count": 1}]
    assert (found["types"]["known"], found["types"]["accuracy"]) == (1, 0.0)
    assert (found["procedures"]["known"], found["procedures"]["accuracy"] in (0.0, None)) == (1, True)
    assert (found["begin"], found["found"], found["false"]) == (1, 0, 0)
    desk.sohoa("decide", DOSSIER, "join", "--at", "records:2")
    assert desk.sohoa("evaluate", "--json").of("evaluation")[0]["begin"] == 0


def test_a_folder_without_truth(digitized: Any, tmp_path: Any) -> None:
    desk, _ = digitized
    assert desk.sohoa("evaluate", "--truth", tmp_path).status == 2
    (tmp_path / "a.json").write_text('{"dossier": 1}', encoding="utf-8")
    broken = desk.sohoa("evaluate", "--truth", tmp_path)
    assert (broken.status, str(tmp_path) in broken.stderr) == (2, True)
