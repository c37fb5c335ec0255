"""Measures what the design promises; run by `python -m tests.bench`, no part of the tests."""
