"""The formats that a store is exported in. Those of other packages join by the entry point group ``standoff.exporters``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from standoff.errors import SettingsError
from standoff.export.acled import Acled
from standoff.export.annotations import Annotations
from standoff.export.brat import Brat
from standoff.export.corrections import Corrections
from standoff.export.datasette import Datasette
from standoff.export.ftm import FollowTheMoney
from standoff.export.ged import Ged
from standoff.export.geojson import GeoJson
from standoff.export.html import Html
from standoff.export.labels import Displacy, Doccano
from standoff.export.parquet import Parquet
from standoff.export.plover import Plover, Polecat
from standoff.export.prov import Prov
from standoff.export.selection import Exporter
from standoff.export.tables import Csv, JsonLines, Xlsx
from standoff.export.timeline import TimelineJs

GROUP = "standoff.exporters"
BUILT_IN: tuple[Exporter, ...] = (
    Csv(), Xlsx(), Corrections(), Html(), GeoJson(), JsonLines(), Parquet(), Acled(), Ged(), Plover(), Polecat(),
    Annotations(), Brat(), Displacy(), Doccano(), FollowTheMoney(), TimelineJs(), Prov(), Datasette(),
)  # fmt: skip


@cache
def exporters() -> dict[str, Exporter]:
    """All formats by name: standoff's own, then those of other packages.

    Raises:
        SettingsError: one of another package cannot be loaded.
    """
    found = {one.name: one for one in BUILT_IN}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            found.setdefault(entry.name, entry.load()())
        except Exception as error:
            why = f"cannot be loaded ({error!r})"
            raise SettingsError(
                f"format {entry.name!r}", why, "mend or uninstall the package that brings it"
            ) from error
    return found


def exporter(name: str) -> Exporter:
    """The format of that name.

    Raises:
        SettingsError: there is none.
    """
    found = exporters()
    if name not in found:
        raise SettingsError(f"format {name!r}", "not known", f"one of {', '.join(found)}")
    return found[name]
