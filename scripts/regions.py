"""Write `ontology/regions/regions.csv` from the public list of region codes.

In: `$REGPOL_REFERENCE/regions/areacodes.csv` (codes, names, years, successions; CC0), our own tables beside
the result (`names_en.csv`: English names that spelling cannot give; `coordinates.csv`: what cpca is too old
for), and for name_en, lon and lat the PyPI packages cpca and pypinyin, which only this script uses
(`pip install cpca pypinyin` into an environment of its own).
Out: one row per place that ever held a code since 1981, sorted by key, the same bytes on every run.

Usage, from the repository: `PYTHONPATH=. python scripts/regions.py [--out FILE]`.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kg.authorities.names import name_parts, split_name

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = (
    "key", "code", "name", "name_en", "level", "parent", "from", "to", "successors", "lon", "lat", "aliases",
)  # fmt: skip
LEVELS = {"省级": "province", "地级": "prefecture", "县级": "county"}
COUNTRY = "cn"

# Whole-for-whole successions the list leaves out, because the old unit was absorbed by one of another level.
SUCCESSORS = {"510200": ("500000",), "511400-1995": ("500102",)}


class Row(NamedTuple):
    """One line of the reference list: a code under one name during one span of years."""

    code: str
    prefecture: str
    name: str
    level: str
    start: int
    end: int | None
    successors: tuple[str, ...]


@dataclass
class Place:
    """One place: the rows of one code that succeed each other without the place being another one."""

    key: str
    rows: list[Row]
    parent: str = COUNTRY
    successors: tuple[str, ...] = ()
    lonlat: tuple[float, float] | None = None
    name_en: str = ""
    aliases: list[str] = field(default_factory=list)

    @property
    def last(self) -> Row:
        return self.rows[-1]

    @property
    def start(self) -> int:
        return self.rows[0].start


def read_rows(path: Path) -> list[Row]:
    """Rows of areacodes.csv in code, year order, without successors that took only a part (`code[year]`)."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        next(reader)
        for code, _province, prefecture, name, level, _status, start, end, successors in reader:
            whole = tuple(s for s in successors.split(";") if s and "[" not in s and end)
            last = int(end) if end else None
            rows.append(Row(code, prefecture, name, LEVELS[level], int(start), last, whole))
    return sorted(rows)


def same_place(old: Row, new: Row) -> bool:
    """Whether `new` is the place that `old` was: renamed or changed in place, or back under its old name."""
    if old.code in old.successors or old.name == new.name:
        return True
    return new.level == "prefecture" and old.end == new.start


def group(rows: Iterable[Row]) -> dict[str, Place]:
    """Places by key: the last holder of a code has the bare code, an earlier one `{code}-{first year}`."""
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    places: dict[str, Place] = {}
    for code, held in by_code.items():
        held.sort(key=lambda row: row.start)
        runs: list[list[Row]] = [[held[0]]]
        for row in held[1:]:
            if same_place(runs[-1][-1], row):
                runs[-1].append(row)
            else:
                runs.append([row])
        for run in runs:
            key = code if run is runs[-1] else f"{code}-{run[0].start}"
            places[key] = Place(key, run)
    return places


def overlap(a: Place, b: Place) -> int:
    """Years both places exist, at least 0."""
    end = min(a.last.end or 9999, b.last.end or 9999)
    return max(0, end - max(a.start, b.start))


def link(places: dict[str, Place]) -> None:
    """Fill parent (by prefix and by the list's second level), successors and aliases of every place."""
    holders: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        holders[place.last.code].append(place)
    for place in places.values():
        row = place.last
        if row.level == "prefecture":
            place.parent = row.code[:2] + "0000"
        elif row.level == "county":
            above = [p for p in holders.get(row.code[:4] + "00", []) if overlap(p, place)]
            named = [p for p in above if any(r.name == row.prefecture for r in p.rows)]
            best = max(named or above, key=lambda p: overlap(p, place), default=None)
            place.parent = best.key if best else row.code[:2] + "0000"
    for place in places.values():
        row = place.last
        others = (code for code in row.successors if code != row.code)
        place.successors = tuple(_holder(holders[code], row.end or 0).key for code in others)
    _prefecture_successors(places)
    for place in places.values():
        place.aliases = _aliases(place)


def _holder(candidates: Sequence[Place], year: int) -> Place:
    """Who held the code when `year` brought the change."""
    held = [p for p in candidates if p.start <= year and (p.last.end is None or p.last.end > year)]
    return held[0] if held else candidates[-1]


def _prefecture_successors(places: dict[str, Place]) -> None:
    """A prefecture that ended without a named successor went into the prefectures its counties went to."""
    children: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        children[place.parent].append(place)
    for place in places.values():
        if place.key in SUCCESSORS:
            place.successors = SUCCESSORS[place.key]
        elif place.last.level == "prefecture" and place.last.end and not place.successors:
            into = {
                places[s].parent if places[places[s].parent].last.level == "prefecture" else s
                for child in children[place.key]
                if child.last.end == place.last.end
                for s in child.successors
            }
            place.successors = tuple(sorted(into - {place.key}))


def _aliases(place: Place) -> list[str]:
    """Former names of the place, and the everyday short form of an autonomous unit (恩施州, 秀山县)."""
    name = place.last.name
    forms = [row.name for row in reversed(place.rows) if row.name != name]
    for full in [name, *forms]:
        stem, peoples, suffix = split_name(full)
        short = {"自治州": "州", "自治县": "县", "自治旗": "旗"}.get(suffix)
        if short and peoples and len(stem) > 1:
            forms.append(stem + short)
        elif suffix == "特别行政区":
            forms.append(stem + "特区")
        elif suffix == "自治区" and peoples:
            forms.append(stem + "自治区")
    return list(dict.fromkeys(forms))


def english(place: Place, spelled: Callable[[str], str], exceptions: dict[str, str]) -> str:
    """English name: from the exceptions (key, name, stem), else spelling plus the word for the kind."""
    name = place.last.name
    if place.key in exceptions:
        return exceptions[place.key]
    if name in exceptions:
        return exceptions[name]
    stem, peoples, suffix = split_name(name)
    words = [exceptions.get(stem) or spelled(stem)]
    if peoples:
        people = [name_parts("people")[p] for p in peoples]
        words.append(people[0] if len(people) == 1 else ", ".join(people[:-1]) + " and " + people[-1])
    words.append(name_parts("suffix").get(suffix, ""))
    return " ".join(w for w in words if w)


def speller() -> Callable[[str], str]:
    """Hanyu Pinyin in one word, with the apostrophe before an inner vowel (Xi'an, Lu'an)."""
    pypinyin = importlib.import_module("pypinyin")

    def spell(text: str) -> str:
        syllables: list[str] = pypinyin.lazy_pinyin(text, v_to_u=True)
        word = "".join("'" + s if i and s[0] in "aoe" else s for i, s in enumerate(syllables))
        return word[:1].upper() + word[1:]

    return spell


def coordinates() -> dict[str, tuple[str, float, float]]:
    """cpca's table: code → (name, longitude, latitude)."""
    spec = importlib.util.find_spec("cpca")
    if spec is None or spec.origin is None:
        raise SystemExit("cpca is not installed: pip install cpca pypinyin")
    table = {}
    source = Path(spec.origin).parent / "resources" / "adcodes.csv"
    with source.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["longitude"] and row["latitude"]:
                table[row["adcode"][:6]] = (row["name"], float(row["longitude"]), float(row["latitude"]))
    return table


def locate(
    places: dict[str, Place],
    table: dict[str, tuple[str, float, float]],
    by_hand: dict[str, tuple[float, float]],
) -> None:
    """Fill coordinates: by hand, by code where the names agree, over successions of one stem, by the mean of
    what a place succeeded."""
    predecessors: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        for key in place.successors:
            predecessors[key].append(place)
        found = table.get(place.last.code)
        if found and place.key == place.last.code and _stem(found[0]) in {_stem(r.name) for r in place.rows}:
            place.lonlat = found[1:]
        place.lonlat = by_hand.get(place.key, place.lonlat)
    for _ in range(3):
        for place in places.values():
            if place.lonlat is None:
                near = [places[k] for k in place.successors] + predecessors[place.key]
                twins = [p for p in near if p.lonlat and _stem(p.last.name) == _stem(place.last.name)]
                if twins:
                    place.lonlat = twins[0].lonlat
    for place in places.values():
        points = [p.lonlat for p in predecessors[place.key] if p.lonlat]
        if place.lonlat is None and place.last.end is None and points:
            place.lonlat = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def _stem(name: str) -> str:
    return split_name(name)[0]


def transform(path: Path) -> dict[str, Place]:
    """The pure part: reference list → places with key, names, level, parent, years, successors, aliases."""
    places = group(read_rows(path))
    link(places)
    return places


def records(places: dict[str, Place]) -> Iterator[dict[str, str]]:
    """CSV rows sorted by key, the country first among equals of its letters."""
    yield dict.fromkeys(COLUMNS, "") | {
        "key": COUNTRY, "name": "中国", "name_en": "China", "level": "country", "lon": "104.0", "lat": "35.0",
        "aliases": "中华人民共和国|全国",
    }  # fmt: skip
    for key in sorted(places):
        place = places[key]
        lon, lat = (f"{v:.4f}" for v in place.lonlat) if place.lonlat else ("", "")
        row = place.last
        yield {
            "key": key, "code": row.code, "name": row.name, "name_en": place.name_en, "level": row.level,
            "parent": place.parent, "from": str(place.start), "to": str(row.end or ""),
            "successors": "|".join(place.successors), "lon": lon, "lat": lat,
            "aliases": "|".join(place.aliases),
        }  # fmt: skip


def own_table(name: str) -> list[dict[str, str]]:
    """Rows of one of the project's own small tables beside regions.csv."""
    with (ROOT / "ontology" / "regions" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def reference() -> Path:
    """Path of areacodes.csv under `$REGPOL_REFERENCE` (default `../shared`, seen from the repository)."""
    base = Path(os.environ.get("REGPOL_REFERENCE", "../shared"))
    return (base if base.is_absolute() else ROOT / base) / "regions" / "areacodes.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write ontology/regions/regions.csv.")
    parser.add_argument("--out", type=Path, default=ROOT / "ontology" / "regions" / "regions.csv")
    out: Path = parser.parse_args().out
    places = transform(reference())
    exceptions = {row["form"]: row["name_en"] for row in own_table("names_en.csv")}
    by_hand = {row["key"]: (float(row["lon"]), float(row["lat"])) for row in own_table("coordinates.csv")}
    spelled = speller()
    for place in places.values():
        place.name_en = english(place, spelled, exceptions)
    locate(places, coordinates(), by_hand)
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records(places))
    missing = [p.last.name for p in places.values() if p.last.end is None and p.lonlat is None]
    print(f"{len(places)} places, {len(missing)} current ones without coordinates: {' '.join(missing)}")


if __name__ == "__main__":
    main()
