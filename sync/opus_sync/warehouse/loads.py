"""What one append brings: files of rows by table, and the fields that they need."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from opus_sync.warehouse.base import Row
from opus_sync.warehouse.ndjson import NdjsonFile, fields_of


@dataclass
class Load:
    """The files of one table, and every field that stands in them."""

    paths: list[Path] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)


Loads = Mapping[str, Load]


@contextmanager
def loads_of(files: Mapping[str, str], rows: Mapping[str, Sequence[Row]]) -> Iterator[Loads]:
    """Write rows to files beside the given ones, for as long as the block runs; what is empty is left out.

    A field that a row leaves out is NULL; the rows of a given file have one set of fields.
    """
    loads: dict[str, Load] = {}
    with tempfile.TemporaryDirectory(prefix="opus-sync-") as folder:
        for table, name in files.items():
            if fields := fields_of(Path(name)):
                loads[table] = Load([Path(name)], set(fields))
        for table, entries in rows.items():
            if entries:
                with NdjsonFile(Path(folder) / f"{table}.ndjson") as target:
                    target.write(entries)
                load = loads.setdefault(table, Load())
                load.paths.append(target.path)
                load.fields.update(name for row in entries for name in row)
        yield loads
