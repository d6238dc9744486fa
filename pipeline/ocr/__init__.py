"""Reading the words of a page: the contract of an engine, and the default one, Tesseract."""
