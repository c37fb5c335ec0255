"""The table of column types: how each is written and read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from monday_sandbox.columns import contact, dates, labels, links, people, plain, readonly
from monday_sandbox.columns.codec import Codec
from monday_sandbox.columns.readonly import COMPUTED

ALL = (
    *plain.CODECS,
    *labels.CODECS,
    *dates.CODECS,
    *people.CODECS,
    *contact.CODECS,
    *links.CODECS,
    *readonly.CODECS,
)
TYPES: Mapping[str, Codec] = MappingProxyType({codec.type: codec for codec in ALL})
COMPUTED_TYPES = frozenset(codec.type for codec in COMPUTED)
