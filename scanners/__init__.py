"""Where pages come in: files, folders, separators and cover sheets.

This room knows nothing of dossiers beyond an ID printed on a sheet.
"""
