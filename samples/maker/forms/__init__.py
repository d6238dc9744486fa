"""The papers of the dossiers as data: real forms' labels, invented values."""
