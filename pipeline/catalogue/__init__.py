"""The domain catalogue: procedures, document types, units; data files of the package, read and checked once."""
