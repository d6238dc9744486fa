"""The domain catalogue as data: procedures, document types and their fields."""
