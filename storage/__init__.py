"""What must never be lost: objects, manifests, the catalogue of what exists, and search over it.

Imports nothing from ``pipeline`` or ``scanners``.  ``archive.Archive`` is the one door.
"""
