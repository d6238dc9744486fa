"""``sohoa explain``: the words that decided, where they stand, and what the dossier has of what it should hold."""

from __future__ import annotations

from typing import Any

BIRTH = "H11.35-230915-0012"


def test_a_dossier_says_why_it_is_taken_for_what_it_is(digitized: Any) -> None:
    desk, _ = digitized
    (told,) = desk.sohoa("explain", BIRTH, "--json").of("explain")
    shown = desk.sohoa("show", BIRTH, "--json").of("show")[0]["manifest"]
    assert (told["procedure"], told["documents"]) == (shown["procedure"], shown["documents"])
    form = next(d for d in told["documents"] if d["type"]["code"] == "to_khai_khai_sinh")
    title = form["type"]["evidence"][0]
    assert (title["found"], title["page"]) == ("TỜ KHAI ĐĂNG KÝ KHAI SINH", form["first_page"])
    assert title["box"][2] > title["box"][0]
    assert {"title", "heading"} <= {sign["phrase"] for sign in form["cut"]["evidence"]}
    assert form["cut"]["confidence"] > 0.9
    states = {part["type"]: part["state"] for part in told["components"] if not part["result"]}
    assert (states["to_khai_khai_sinh"], states["giay_uy_quyen"], states["cccd"]) == ("found", "missing", "database")
    results = {part["type"]: part["state"] for part in told["components"] if part["result"]}
    assert results == {"giay_khai_sinh": "found"}


def test_it_is_said_in_words(digitized: Any) -> None:
    desk, _ = digitized
    ran = desk.sohoa("explain", BIRTH)
    said = " ".join(ran.stdout.split())
    assert ran.status == 0
    for words in (
        "Thủ tục / procedure: Đăng ký khai sinh [1.001193]",
        "“TỜ KHAI ĐĂNG KÝ KHAI SINH” (tr. 2 @ ",
        "bắt đầu ở đây / begins here: 99%",
        "có tiêu đề / has a title “TỜ KHAI ĐĂNG KÝ KHAI SINH”",
        "Giấy ủy quyền không có / not there",
    ):
        assert words in said, said
    assert max(map(len, ran.stdout.splitlines())) <= 80


def test_show_tells_what_the_dossier_has_of_what_it_should_hold(digitized: Any) -> None:
    desk, _ = digitized
    said = " ".join(desk.sohoa("show", BIRTH).stdout.split())
    assert "Thành phần hồ sơ / components Tờ khai đăng ký khai sinh có / found: 2" in said


def test_a_dossier_that_is_not_there(digitized: Any) -> None:
    desk, _ = digitized
    assert desk.sohoa("explain", "H11.35-230915-9999").status == 2
