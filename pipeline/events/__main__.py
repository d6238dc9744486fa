"""``python -m pipeline.events > docs/events.schema.json``."""

from __future__ import annotations

import json

from pipeline.events import json_schema

print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
