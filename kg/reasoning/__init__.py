"""What follows from the asserted graph: OWL 2 RL closure, rules, explanations. Pure functions of graphs."""

from kg.reasoning.axioms import Axioms, ontology_axioms
from kg.reasoning.closure import Closure, Contradiction, closure
from kg.reasoning.explanation import Explanation, Lookup, Quote, explain, explanations, walk
from kg.reasoning.formats import FORMS, LANGUAGES
from kg.reasoning.increment import Revision, revise
from kg.reasoning.inference import Authorities, Inference, infer
from kg.reasoning.overlay import Snapshot
from kg.reasoning.rendering import StoreLookup, labeller, render_text, to_json
from kg.reasoning.rules import Rule, ontology_rules, rule_descriptions

__all__ = [
    "FORMS",
    "LANGUAGES",
    "Authorities",
    "Axioms",
    "Closure",
    "Contradiction",
    "Explanation",
    "Inference",
    "Lookup",
    "Quote",
    "Revision",
    "Rule",
    "Snapshot",
    "StoreLookup",
    "closure",
    "explain",
    "explanations",
    "infer",
    "labeller",
    "ontology_axioms",
    "ontology_rules",
    "render_text",
    "revise",
    "rule_descriptions",
    "to_json",
    "walk",
]
