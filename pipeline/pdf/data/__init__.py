"""Counts of Vietnamese syllables; see ``pipeline.ocr.lexicon``."""
