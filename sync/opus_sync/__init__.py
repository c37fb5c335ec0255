"""Keeps monday.com boards and a SQL warehouse in step."""

__version__ = "0.1.0"
