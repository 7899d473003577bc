"""Content negotiation, as a table."""

from __future__ import annotations

import pytest

from kg.sparql.negotiation import negotiate

JSON, XML, CSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv"
OFFERED = (JSON, XML, CSV)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        (XML, XML),
        (XML.upper(), XML),
        ("text/*", CSV),
        (f"{JSON};q=0.5, {XML}", XML),
        (f"{JSON};q=0.5, {XML};q=0.5", JSON),
        ("text/csv;q=0.2, */*;q=0.1", CSV),
        ("*/*, text/csv;q=0", JSON),
        (f"*/*;q=0.5, {JSON};q=0", XML),
        (f"application/*;q=0.3, {XML};q=0.9, text/*;q=0.8", XML),
        ("text/csv; charset=utf-8", CSV),
        ("text/csv; header=present", None),
        ("image/png", None),
        ("image/png, */*;q=0.01", JSON),
        ("*/*;q=0", None),
        ("text/csv;q=2", None),
        ("text/csv;q=0.1234, application/*;q=0.001", JSON),
        ("nonsense, text/csv", CSV),
        ("*/csv", None),
        (" text/csv ; Q=1.000 ,", CSV),
        ('text/csv; note="a, b;c", text/*;q=0.4', CSV),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
    ],
)
def test_table(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, OFFERED) == chosen


def test_parameters_tell_types_apart() -> None:
    offered = ("text/html", "text/html;level=1")
    assert negotiate("text/html;level=1, text/html;q=0.5", offered) == "text/html;level=1"
    assert negotiate("text/html;level=1;q=0.2, text/html;q=0.5", offered) == "text/html"


def test_nothing_offered() -> None:
    assert negotiate(None, ()) is None
