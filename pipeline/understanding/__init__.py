"""From the words of a section's pages to documents, types, procedure and fields."""
