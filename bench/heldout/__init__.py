"""Papers and dossiers written apart from the rules, to hold page understanding against: ``bench/understanding.py``.

``layout`` sets text to words with boxes, ``story`` invents people and places, the ``papers_*`` modules are the forms,
``outside`` what no office asks for, ``dossiers`` puts them together, ``damage`` reads them as badly as an engine does.
Nobody and no place in here is real.
"""
