"""From archival images and words to one searchable PDF/A-2u file per section, the same bytes for the same input."""
