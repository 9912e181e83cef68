"""Modes that the reader tells apart: PLOVER's, each with its type, in the order of ``ontology/plover.toml``."""

from standoff import ontology

MODES: tuple[str, ...] = tuple(f"{kind.code}.{mode}" for kind in ontology.event_types().values() for mode in kind.modes)
