"""`gonequiet lint`: the tone of a letter before it is sent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.printing import ACT, FINE, console, literal, plural, print_json
from gonequiet.errors import NotFound, RequestError

if TYPE_CHECKING:
    from gonequiet.app.linting import LintReport
    from gonequiet.language.tone import Finding

_STANDARD_INPUT = "-"


def lint(
    file: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    /,
    *,
    draft: str | None = None,
    to_folder: Path | None = None,
    format_: Annotated[Literal["text", "json", "sarif"], Parameter(name="--format")] = "text",
    language: Literal["en", "de"] | None = None,
    disable: Annotated[list[str] | None, Parameter(negative=())] = None,
) -> int:
    """Mark what costs goodwill in a letter, with the reason and a better wording.

    Only your own new words are judged, not what you quote. It judges wording and
    never says whether an answer will come. Exits with 1 when there are findings. A
    line with 'gonequiet: allow RULE' excuses the paragraph it stands in or before.

    For example:

        gonequiet lint draft.eml
        gonequiet lint letter.txt --disable over-apology
        gonequiet lint - --format sarif
        gonequiet lint --draft 3f9c

    Args:
        file: A text or a mail (.eml); '-' reads standard input.
        draft: Instead of a file: the id of a draft, or the beginning of it.
        to_folder: The folder that draft lies in, when it is not the one you have set.
        format_: text, json, or sarif for editors.
        language: Apply the rules of one language only; by default those of all.
        disable: A rule not to apply, beside those your settings disable; several times, or
            several with commas between.
    """
    from gonequiet.app.linting import lint_letter

    here = office(None)
    named = [name.strip() for given in disable or () for name in given.split(",")]
    disabled = [*here.lint_disabled, *named]
    if (file is None) == (draft is None):
        raise RequestError("Name a text or a mail file, or a draft with --draft ID.")
    if draft is not None:
        found = here.find_draft(draft, to_folder)
        file, raw = found.place, found.raw
    else:
        file = str(file)
        raw = _read(file)
    report = lint_letter(raw, Path(file).name, language=language, disabled=disabled)
    name = "standard input" if file == _STANDARD_INPUT else file
    if format_ == "json":
        print_json(_as_json(name, report))
    elif format_ == "sarif":
        print_json(_as_sarif(file, report))
    else:
        _print(name, report)
    return ACT if report.findings else FINE


def _read(file: str) -> bytes:
    from gonequiet.app.linting import MAX_BYTES

    if file == _STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    path = Path(file).expanduser()
    if not path.exists():
        raise NotFound(f"There is no file {file}. Name a text or a mail file.")
    if not path.is_file():
        raise RequestError(f"{file} is not a file. Name a text or a mail file.")
    try:
        with path.open("rb") as handle:
            return handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise RequestError(
            f"{file} cannot be read ({error.strerror}). Name another file."
        ) from error


def _as_json(name: str, report: LintReport) -> dict[str, object]:
    return {
        "file": name,
        "lines_of": report.lines_of,
        "findings": [each._asdict() for each in report.findings],
    }


def _as_sarif(file: str, report: LintReport) -> dict[str, object]:
    from gonequiet import __version__
    from gonequiet.app.linting import LinesOf
    from gonequiet.formats.sarif import render_sarif
    from gonequiet.language.tone import rules

    return render_sarif(
        "stdin" if file == _STANDARD_INPUT else Path(file).as_posix(),
        report.findings,
        rules=rules("en"),
        version=__version__,
        has_lines=report.lines_of is LinesOf.FILE,
    )


def print_finding(finding: Finding) -> None:
    """Prints what is marked, why, and how to word it better."""
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    how_sure = "worth a second look: " if finding.is_weighed else ""
    out.print(f"{finding.rule}  {how_sure}{literal(finding.quote)}", style="bold")
    for sentence, style in ((finding.reason, ""), (finding.suggestion, "green")):
        out.print(Padding(Text(sentence, style=style), (0, 0, 0, 4), expand=False))


def _print(name: str, report: LintReport) -> None:
    out = console()
    for each in report.findings:
        out.print(f"{literal(name)}:{each.line}:{each.column}", style="bold", end="  ")
        print_finding(each)
    if not report.findings:
        out.print("Nothing to reword.")
        return
    of = f" Lines are those of the {report.lines_of}." if report.lines_of != "file" else ""
    out.print(f"{plural(len(report.findings), 'finding')}.{of}")
