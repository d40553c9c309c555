"""The front door: finds the command, runs it, and turns errors into one clear sentence."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gonequiet import __version__
from gonequiet.cli import commands
from gonequiet.cli.printing import ACT, FINE, USAGE, literal, terminal_width

if TYPE_CHECKING:
    from cyclopts import App

ABOUT = (
    "Says who has gone quiet, how sure it is and why, from the mail you already have. "
    "Nothing leaves this machine and nothing is ever sent."
)
USE = "Usage: gonequiet COMMAND [OPTIONS]"


def build() -> App:
    """Returns the command line with all its commands."""
    from cyclopts import App

    app = App(
        name="gonequiet",
        help=ABOUT,
        version=__version__,
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
        usage=USE,
    )
    commands.register(app)
    return app


def main(tokens: Sequence[str] | None = None) -> None:
    """Runs one command and leaves with its exit code."""
    sys.exit(run(tokens))


def run(tokens: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    # What is loaded stays: looking through it for garbage again and again is a tenth of a start.
    gc.set_threshold(50_000, 20, 50)
    # A fit is small: more threads only wait for one another, and add up in another order.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = list(sys.argv[1:] if tokens is None else tokens)
    if given in ([], ["--help"], ["-h"]):
        print(render_help(terminal_width()))
        return FINE
    return _run(given)


def render_help(width: int) -> str:
    """Returns the help of the whole program; nothing need be imported for it."""
    import textwrap

    def column(first: str, text: str) -> str:
        return textwrap.fill(
            text, width, initial_indent=f"  {first:<12} ", subsequent_indent=" " * 15
        )

    listed = [column(name, one.does) for name, one in commands.COMMANDS.items()]
    return "\n".join(
        [
            f"{USE}\n",
            textwrap.fill(ABOUT, width),
            "\nCommands:",
            *listed,
            "\nOptions:",
            column("--help (-h)", "Show this, or with a command what it does and takes."),
            column("--version", "Show the version of the program."),
        ]
    )


def _run(tokens: Sequence[str]) -> int:
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
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename.rsplit('gonequiet/', 1)[-1]} line {last.lineno}"
    return (
        f"Something unforeseen went wrong ({type(error).__name__}, {place}). Run 'gonequiet "
        "verify'; if the database is sound, please report this line."
    )


def _complain(message: str, code: int) -> int:
    print(f"gonequiet: {literal(message, keep_lines=True)}", file=sys.stderr)
    return code
