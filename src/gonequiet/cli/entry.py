"""The front door: finds the command, runs it, and turns errors into one clear sentence."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gonequiet import __version__
from gonequiet.cli.printing import ACT, FINE, USAGE, literal

if TYPE_CHECKING:
    from cyclopts import App


def build() -> App:
    """Returns the command line with all its commands."""
    from cyclopts import App

    from gonequiet.cli import commands

    app = App(
        name="gonequiet",
        help=(
            "Says who has gone quiet, how sure it is and why, from the mail you already have. "
            "Nothing leaves this machine and nothing is ever sent."
        ),
        version=__version__,
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
        usage="Usage: gonequiet COMMAND [OPTIONS]",
    )
    commands.register(app)
    return app


def main(tokens: Sequence[str] | None = None) -> None:
    """Runs one command and leaves with its exit code."""
    sys.exit(run(tokens))


def run(tokens: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    from cyclopts import CycloptsError

    from gonequiet.errors import GonequietError, RequestError

    app = build()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(tokens, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except CycloptsError as error:
        return _complain(f"{error}\nSee 'gonequiet --help'.", USAGE)
    except RequestError as error:
        return _complain(str(error), USAGE)
    except GonequietError as error:
        return _complain(str(error), ACT)
    except KeyboardInterrupt:
        return _complain("Stopped. What was stored is safe; run the command again to go on.", ACT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception as error:
        if os.environ.get("GONEQUIET_TRACEBACK"):
            raise
        return _complain(_unforeseen(error), ACT)
    return code if isinstance(code, int) else FINE


def _unforeseen(error: Exception) -> str:
    """Says where we failed; never what the error says, which may hold words of a record."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename.rsplit('gonequiet/', 1)[-1]} line {last.lineno}"
    return (
        f"Something unforeseen went wrong ({type(error).__name__}, {place}). Run 'gonequiet "
        "verify'; if the database is sound, please report this line."
    )


def _complain(message: str, code: int) -> int:
    print(f"gonequiet: {literal(message, keep_lines=True)}", file=sys.stderr)
    return code
