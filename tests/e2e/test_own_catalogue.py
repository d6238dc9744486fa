"""An office's own catalogue: workers read by it, people choose from it, errors name its file and line."""

from __future__ import annotations

from typing import Any

from tests.pipeline.catalogue.test_loading import OWN_PROCEDURES, OWN_TYPES

DOSSIER = "H11.35-230915-0001"


def test_papers_are_filed_by_the_offices_own_entries(desk: Any, put: Any) -> None:
    own = desk.folder / "danh-muc"
    own.mkdir()
    (own / "doctypes.yaml").write_text(OWN_TYPES, encoding="utf-8")
    (own / "procedures.csv").write_text(OWN_PROCEDURES, encoding="utf-8")
    put(f"{DOSSIER}/1.jpg", "GIẤY ĐI ĐƯỜNG\nSố: 12\nCấp cho ông Lê Văn Tám đi công tác tại xã bên cạnh")
    desk.sohoa("digitize", "in")
    assert type_of(desk) == "unknown", "ours does not know it"
    (desk.folder / "sohoa.toml").write_text('[understanding]\ncatalogue_folder = "danh-muc"\n', encoding="utf-8")
    put(f"{DOSSIER}/2.jpg", "trang tiếp theo của giấy")
    desk.sohoa("digitize", "in")
    assert type_of(desk) == "giay_di_duong"
    assert "9.000001" in desk.sohoa("catalogue", "list", "procedure", "--find", "đi đường").stdout
    ran = desk.sohoa("decide", DOSSIER, "procedure", "9.000001")
    assert ran.status == 0, ran.stderr
    (own / "procedures.csv").write_text(OWN_PROCEDURES.replace("giay_di_duong", "giay_la"), encoding="utf-8")
    for command in (("catalogue", "check"), ("digitize", "in")):
        broken = desk.sohoa(*command)
        assert broken.status == 2 and "danh-muc/procedures.csv:2: 9.000001" in broken.stderr


def type_of(desk: Any) -> str:
    kind: str = desk.sohoa("show", DOSSIER, "--json").of("show")[0]["manifest"]["documents"][0]["type"]["code"]
    return kind
