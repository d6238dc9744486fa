"""The officers' web pages and the REST API; reads through ``storage``, starts work through ``pipeline``."""
