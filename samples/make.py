"""Makes the sample dossiers: ``python samples/make.py`` writes ``samples/inputs`` and ``samples/truth`` anew.

The same library versions give the same bytes.  ``--output`` writes elsewhere, ``--only`` takes the files whose
path contains a text, ``--contact`` also draws the contact sheet.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from samples.maker import build, contact, dossiers  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the sample dossiers.")
    parser.add_argument("--output", type=Path, default=HERE)
    parser.add_argument("--only", default="", help="only files whose path contains this text")
    parser.add_argument("--contact", type=Path, help="also write a contact sheet (JPEG) of all pages")
    options = parser.parse_args()
    inputs, truths = options.output / "inputs", options.output / "truth"
    if not options.only:
        for folder in (inputs, truths):
            shutil.rmtree(folder, ignore_errors=True)
    builder = build.Builder(inputs)
    for file in dossiers.everything():
        if options.only in file.path:
            builder.write(file)
            print(file.path, flush=True)
    truths.mkdir(parents=True, exist_ok=True)
    for dossier in builder.dossiers:
        (truths / f"{dossier}.json").write_text(build.dump(builder.truth(dossier)), encoding="utf-8")
    if options.contact:
        contact.draw(inputs, options.contact)


if __name__ == "__main__":
    main()
