"""What becomes of an error: one line that a user can act on, and never a traceback."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

import standoff
from standoff.cli.stores import looked_into
from standoff.cli.telling import FAILED, complain
from standoff.errors import StandoffError, StoreError


class Commands(TyperGroup):
    """All commands: an error a user can act on is one line on stderr and exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        looked_into.set(None)
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except StandoffError as error:
            complain(str(error))
            raise typer.Exit(FAILED) from None
        except BrokenPipeError:
            # Who reads us has enough. Python would complain once more when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit from None
        except OSError as error:
            what = error.filename or "standard output"
            complain(str(StandoffError(str(what), error.strerror or str(error), "check the file and its disk")))
            raise typer.Exit(FAILED) from None
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            if sys.flags.dev_mode or (fault := _unsound()) is None:
                raise  # a fault of our own
            complain(str(fault))
            raise typer.Exit(FAILED) from error
        return result


def _unsound() -> StoreError | None:
    """What is wrong with the store that a command looked into; None where it is sound, or there is none."""
    from standoff.store import backup

    if (where := looked_into.get()) is None:
        return None
    try:
        with standoff.open_store(where) as opened:
            backup.check(opened)
    except StoreError as error:
        return error
    return None
