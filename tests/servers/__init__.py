"""Warehouses that have a server of their own, for tests."""
