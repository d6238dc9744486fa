"""What fields, signs and states are called on the screen."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from sohoa.wording import both

_SIGNS = {
    "title": both("có tiêu đề", "has a title"),
    "heading": both("có quốc hiệu", "has the national heading"),
    "first-of": both("ghi là trang đầu", "says it is the first page"),
    "other-size": both("khổ giấy khác trang trước", "another paper size"),
    "form-full": both("giấy tờ trước đã đủ trang", "the document before has all its pages"),
    "other-language": both("chữ khác trang trước", "another language"),
    "other-form": both("chữ của mẫu khác", "words of another form"),
    "page-number": both("có số trang tiếp theo", "has a later page number"),
    "later-of": both("ghi là trang sau", "says it is a later page"),
    "inner-page": both("là trang trong của giấy chứng nhận", "an inner page of a certificate"),
    "starts-low": both("mở đầu giữa câu", "begins within a sentence"),
    "starts-with-item": both("mở đầu bằng mục đánh số", "begins with a list item"),
    "person": both("người quyết định", "a person decided"),
}
_STATES = {
    "found": both("có", "found"),
    "copy": both("chỉ có bản sao chứng thực, không thuộc diện số hóa", "certified copies only, out of scope"),
    "database": both("không có, tra được trong cơ sở dữ liệu quốc gia", "not there, a national database may have it"),
    "missing": both("không có", "not there"),
}


def sign_label(sign: str) -> str:
    """Return what a sign that parts or joins pages says."""
    return _SIGNS.get(sign, sign)


def state_label(state: str) -> str:
    """Return what the state of a component says."""
    return _STATES.get(state, state)


@cache
def field_labels() -> dict[str, str]:
    """Return the label of every field name of the catalogue."""
    text = resources.files("pipeline.catalogue.data").joinpath("field_labels.yaml").read_text(encoding="utf-8")
    labels: dict[str, str] = yaml.safe_load(text)
    return labels


def field_label(name: str) -> str:
    """Return the label of one field; a name without one stands for itself."""
    return field_labels().get(name, name)
