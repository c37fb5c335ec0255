"""The page at / that shows the boards as a person sees them; its routes are no part of monday's API."""

from __future__ import annotations

from monday_sandbox.page.routes import page_routes

__all__ = ["page_routes"]
