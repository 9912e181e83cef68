"""Records to a stream, one module a format; each is ``write(records, kind, out)`` and writes as the records come."""
