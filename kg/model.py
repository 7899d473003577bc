"""Facts and articles as data: the JSON of the annotation guide (drafts) and its superset with offsets (facts).

All offsets are Unicode code points into ``Article.content`` (title, newline, text), the end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from kg.identifiers import article_key
from kg.issues import Issue

Level = Literal["country", "province", "prefecture", "county", "township", "zone", "megaregion", "other"]
Role = Literal["subject", "mentioned"]
ActorType = Literal[
    "government",
    "party_body",
    "public_institution",
    "enterprise",
    "bank",
    "school",
    "association",
    "alliance",
    "other",
]
DocumentKind = Literal[
    "plan", "opinion", "measures", "notice", "agreement", "standard", "list", "law", "other"
]
ProgrammeKind = Literal[
    "platform", "alliance", "pilot", "action_plan", "project", "mechanism", "facility", "standard", "programme",
    "campaign",
]  # fmt: skip
Instrument = Literal[
    "ban_restriction", "standard", "permit_reform", "supervision", "fiscal_subsidy", "tax_incentive",
    "finance_credit", "infrastructure_platform", "public_service", "talent_education", "trade_facilitation",
    "governance_mechanism", "credit_incentive_sanction", "cooperation_agreement", "information_disclosure",
    "research_innovation", "industry_cultivation", "market_development",
]  # fmt: skip
Status = Literal["done", "decided", "promised", "asked_for"]
Comparator = Literal[">=", "<=", "=", "~"]
FigureKind = Literal["effect", "count", "rate", "limit", "duration", "money"]
EventType = Literal[
    "sign", "issue", "launch", "establish", "trial", "announce", "meeting", "implement", "other"
]
CooperationKind = Literal[
    "agreement", "alliance", "joint_issuance", "mutual_recognition", "shared_service", "pairing", "joint_platform",
    "other",
]  # fmt: skip
Scope = Literal["national", "provincial", "other"]
DocumentRelation = Literal["carries_out", "amends", "replaces", "repeals", "extends"]
Reader = Literal["rules", "llm", "annotation"]

PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def _real_date(value: str) -> str:
    date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    return value


PartialDate = Annotated[str, Field(pattern=PARTIAL_DATE), AfterValidator(_real_date)]
"""A year, a year and month, or a day of the calendar, as precise as stated."""

Name = Annotated[str, Field(pattern=r"\w")]
"""A name has at least one letter or character; white space and marks alone name nothing."""

Key = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]+$")]
"""A region's code or key, safe inside an IRI."""

Quantity = Annotated[float, Field(allow_inf_nan=False, ge=-1e18, le=1e18)]
"""A number that a bulletin can state."""


def _none_to_empty(value: Any) -> Any:
    return [] if value is None else value


Names = Annotated[list[str], BeforeValidator(_none_to_empty)]


class Fact(BaseModel):
    """What every fact of every kind carries: its id, its quote and where that stands."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    cls: ClassVar[str]

    id: str
    evidence: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    confidence: float = Field(default=1.0, ge=0, le=1)
    reader: Reader = "rules"


class RegionFact(Fact):
    """A region named in the text. ``candidates`` are authority keys where the name is ambiguous."""

    cls = "region"
    name: Name
    mention: str
    code: str | None = None
    level: Level
    role: Role = "mentioned"
    candidates: Annotated[list[Key], BeforeValidator(_none_to_empty)] = Field(default_factory=list)


class ActorFact(Fact):
    """An organisation that acts."""

    cls = "actor"
    name: Name
    aliases: Names = Field(default_factory=list)
    type: ActorType
    region_code: Key | None = None


class DocumentFact(Fact):
    """A titled policy document; ``issuers`` are names of actors or regions."""

    cls = "document"
    title: Name
    issuers: Names = Field(default_factory=list)
    kind: DocumentKind = "other"


class ProgrammeFact(Fact):
    """A named initiative; ``lead`` are names of actors or regions."""

    cls = "programme"
    name: Name
    kind: ProgrammeKind
    lead: Names = Field(default_factory=list)


class MeasureFact(Fact):
    """One policy action. ``document`` and ``taken_by`` are fact ids."""

    cls = "measure"
    label: str = Field(max_length=40)
    type: Instrument
    region_codes: Names = Field(default_factory=list)
    document: str | None = None
    taken_by: Names = Field(default_factory=list)
    status: Status | None = None


class TargetFact(Fact):
    """A state to be reached. ``stated_value`` is the number as written."""

    cls = "target"
    metric: str
    value: Quantity | None = None
    value_max: Quantity | None = None
    stated_value: str | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    deadline: PartialDate | None = None
    document: str | None = None
    region_codes: Names = Field(default_factory=list)


class FigureFact(Fact):
    """A number of substance that is no target. ``about_id`` is the id of the fact it belongs to."""

    cls = "figure"
    value: Quantity
    value_max: Quantity | None = None
    stated_value: str | None = None
    unit: str | None = None
    about: str = ""
    kind: FigureKind
    comparator: Comparator | None = None
    about_id: str | None = None


class EventFact(Fact):
    """Something that happened or is announced. ``actors`` and ``about`` are fact ids."""

    cls = "event"
    type: EventType
    date: PartialDate | None = None
    actors: Names = Field(default_factory=list)
    about: Names = Field(default_factory=list)


class CooperationFact(Fact):
    """A pact, alliance, joint issuance, shared service or pairing.

    ``parties`` are names, ``region_codes`` codes or names; ``agreement`` and ``measures`` are fact ids;
    ``cross_region`` is the text's claim.
    """

    cls = "cooperation"
    label: str
    kind: CooperationKind
    parties: Names = Field(default_factory=list)
    region_codes: Names = Field(default_factory=list)
    subject: str | None = None
    cross_region: bool = False
    date: PartialDate | None = None
    agreement: str | None = None
    measures: Names = Field(default_factory=list)


class FirstFact(Fact):
    """The article's claim that something is the first of its kind."""

    cls = "first"
    scope: Scope


class RelationFact(Fact):
    """What one document does to another. ``document`` is the id of the document that is carried out, amended, replaced,
    repealed or extended, ``by`` of the one that does so, where the text names it; ``date`` is from when."""

    cls = "relation"
    kind: DocumentRelation
    document: str | None = None
    by: str | None = None
    date: PartialDate | None = None


AnyFact = (
    RegionFact | ActorFact | DocumentFact | ProgrammeFact | MeasureFact | TargetFact | FigureFact | EventFact
    | CooperationFact | FirstFact | RelationFact
)  # fmt: skip


class Facts(BaseModel):
    """The facts of one article under the guide's keys and ours (``relations``), each list in order of offset."""

    model_config = ConfigDict(extra="ignore")

    regions: list[RegionFact] = Field(default_factory=list)
    actors: list[ActorFact] = Field(default_factory=list)
    documents: list[DocumentFact] = Field(default_factory=list)
    programs: list[ProgrammeFact] = Field(default_factory=list)
    measures: list[MeasureFact] = Field(default_factory=list)
    targets: list[TargetFact] = Field(default_factory=list)
    figures: list[FigureFact] = Field(default_factory=list)
    events: list[EventFact] = Field(default_factory=list)
    cooperations: list[CooperationFact] = Field(default_factory=list)
    firsts: list[FirstFact] = Field(default_factory=list)
    relations: list[RelationFact] = Field(default_factory=list)

    def all(self) -> list[AnyFact]:
        """Every fact, kind by kind."""
        return [fact for kind in KINDS for fact in getattr(self, kind)]

    def __len__(self) -> int:
        return sum(len(getattr(self, kind)) for kind in KINDS)


KINDS: dict[str, type[AnyFact]] = {
    "regions": RegionFact,
    "actors": ActorFact,
    "documents": DocumentFact,
    "programs": ProgrammeFact,
    "measures": MeasureFact,
    "targets": TargetFact,
    "figures": FigureFact,
    "events": EventFact,
    "cooperations": CooperationFact,
    "firsts": FirstFact,
    "relations": RelationFact,
}
"""The JSON key of each kind of fact, in the order of the guide, ours after them."""

GUIDE_KINDS: tuple[str, ...] = tuple(kind for kind in KINDS if kind != "relations")
"""The kinds that the annotation guide has: what annotators and models are asked for, and what is scored."""

INSTRUMENTS: tuple[str, ...] = get_args(Instrument)


class SourceLine(BaseModel):
    """Where a stretch of ``content`` came from: it begins at ``start`` and stands on ``line`` (from 1) at ``column``.

    ``column`` counts code points from 0. A character at offset ``o`` of the stretch stands ``o - start`` further.
    Where the file has pages, ``page`` counts them from 1 and ``line`` counts the lines of the page; in plain text with
    form feeds it counts those of the file.
    """

    model_config = ConfigDict(frozen=True)

    start: int
    line: int
    column: int = 0
    page: int | None = None


class Article(BaseModel):
    """One item of a bulletin. ``lines`` maps ``content`` back to the file, in order of ``start``."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | None = None
    section: str | None = None
    title: str
    text: str
    published: PartialDate | None = None
    source: str | None = None
    year: int | None = Field(default=None, ge=1000, le=9999)
    year_from: str | None = None
    lines: tuple[SourceLine, ...] = ()

    @property
    def content(self) -> str:
        """Title, newline, text: what all offsets count in."""
        return f"{self.title}\n{self.text}"

    @property
    def key(self) -> str:
        """The article's identity. Without a date of its own the year that bare dates take is part of it: the same
        words of another year are another article."""
        return article_key(self.title, self.text, self.published or (str(self.year) if self.year else None))

    def place_at(self, offset: int) -> SourceLine | None:
        """The stretch in which the character at ``offset`` stands, with its page and line; None where not known."""
        found = bisect_right(self.lines, offset, key=lambda line: line.start)
        return self.lines[found - 1] if found else None

    def line_at(self, offset: int) -> int | None:
        """The line of the file at which the character at ``offset`` stands, or None where it is not known."""
        place = self.place_at(offset)
        return place.line if place else None


class ArticleFacts(BaseModel):
    """An article with what was read from it and what was doubtful."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    article: Article
    facts: Facts
    issues: list[Issue] = Field(default_factory=list)


class Bulletin(BaseModel):
    """A file's worth of articles: what one transaction loads."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    key: str
    title: str
    articles: list[ArticleFacts]
