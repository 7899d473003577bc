"""The face on the web: pages in Chinese and English, the SPARQL endpoint, linked data and a small JSON API."""

from __future__ import annotations

from kg.web.app import create_app
from kg.web.views import DiskViews, OpenView, fixed_view
from kg.web.worker import Limits

__all__ = ["DiskViews", "Limits", "OpenView", "create_app", "fixed_view"]
