from __future__ import annotations

from pipeline.catalogue.loading import catalogue
from pipeline.understanding.labels import field_labels


def test_every_field_has_a_label_and_no_label_is_left_over() -> None:
    names = {field.name for doctype in catalogue().doctypes for field in doctype.fields}
    assert field_labels().keys() == names
