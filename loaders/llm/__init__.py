"""The second reader: a language model behind any OpenAI-compatible endpoint, whose every quotation is checked.

Optional (extra ``llm``) and never imported on the default path. The model gives drafts in the form of the annotation
guide, with quotations and without offsets; what the text does not bear out is rejected with its reason.
"""

from __future__ import annotations

from loaders.llm.reader import LanguageModelReader
from loaders.llm.settings import Settings

__all__ = ["LanguageModelReader", "Settings"]
