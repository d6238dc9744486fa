"""From a page image to a finished dossier: the work itself, and the command line that starts it."""
