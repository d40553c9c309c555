"""`gonequiet lint` through its front door."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from cyclopts import App

from gonequiet.cli.lint import lint
from gonequiet.errors import RequestError
from tests.support.mail import mail, multipart, part

BAD = "Hello Dana,\n\nthis is my third email to you.\n"
WEIGHED = "Hello Dana,\n\nWe will hand your place to another firm if I see no sign of life.\n"
GOOD = "Hello Dana,\n\nclause 4 is still open on my side.\n"


def run(*tokens: str) -> int:
    app = App()
    app.default(lint)
    code = app(list(tokens), exit_on_error=False, print_error=False, result_action="return_value")
    assert isinstance(code, int)
    return code


def written(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_findings_are_printed_with_place_reason_and_better_wording(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(written(tmp_path, "a.txt", BAD)) == 1
    out = capsys.readouterr().out
    assert "a.txt:3:1" in out.replace("\n", "")
    assert "counting-attempts" in out
    assert "keeps a score" in out
    assert "1 finding." in out


def test_a_decent_letter_exits_with_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(written(tmp_path, "a.txt", GOOD)) == 0
    assert capsys.readouterr().out == "Nothing to reword.\n"


def test_lines_of_a_plain_mail_are_lines_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = mail(BAD).replace(b"\n", b"\r\n")
    assert run(written(tmp_path, "a.eml", raw), "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    (finding,) = report["findings"]
    assert report["lines_of"] == "file"
    assert raw.split(b"\r\n")[finding["line"] - 1].startswith(b"this is my third email")


def test_an_encoded_mail_has_lines_of_the_decoded_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = mail(
        "Gr=C3=BC=C3=9Fe,\n\nthis is my third =\nemail to you.\n",
        headers={"Content-Transfer-Encoding": "quoted-printable", "MIME-Version": "1.0",
                 "Content-Type": "text/plain; charset=utf-8"},
    )  # fmt: skip
    assert run(written(tmp_path, "a.eml", raw), "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["lines_of"] == "decoded text"
    assert [each["line"] for each in report["findings"]] == [3]


def test_an_html_mail_is_judged_by_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = multipart("alternative", part("text/html", "<p>Just checking <b>in</b>!</p>"))
    assert run(written(tmp_path, "a.eml", raw)) == 1
    assert "empty-check-in" in capsys.readouterr().out


def test_the_subject_is_judged_unless_it_answers_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = mail(GOOD, headers={"Subject": "Third reminder"})
    assert run(written(tmp_path, "a.eml", raw), "--format", "json") == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    line = raw.decode().split("\n")[finding["line"] - 1]
    assert line[finding["column"] - 1 :] == "Third reminder"
    answer = mail(GOOD, headers={"Subject": "Re: Third reminder"})
    assert run(written(tmp_path, "b.eml", answer)) == 0


def test_what_is_quoted_in_a_mail_is_not_judged(tmp_path: Path) -> None:
    raw = mail("That suits me.\n\nDana Reyes wrote:\n> this is my third email to you.\n")
    assert run(written(tmp_path, "a.eml", raw)) == 0


def test_standard_input_is_read_for_a_hyphen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    assert run("-") == 1
    assert "standard input:3:1" in capsys.readouterr().out


def test_sarif_names_rule_file_and_region(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(written(tmp_path, "a b.txt", BAD), "--format", "sarif") == 1
    log = json.loads(capsys.readouterr().out)
    (one_run,) = log["runs"]
    (result,) = one_run["results"]
    place = result["locations"][0]["physicalLocation"]
    named = one_run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert log["version"] == "2.1.0"
    assert named["id"] == result["ruleId"] == "counting-attempts"
    assert place["artifactLocation"]["uri"].endswith("a%20b.txt")
    assert place["region"]["startLine"] == place["region"]["endLine"] == 3
    assert place["region"]["endColumn"] == 1 + len("this is my third email")


def test_what_is_weighed_and_not_listed_is_only_worth_a_second_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weighed = written(tmp_path, "a.txt", WEIGHED)
    assert run(weighed, "--format", "sarif") == 1
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["level"] == "note"
    assert run(weighed) == 1
    shown = capsys.readouterr().out
    assert "worth a second look" in shown
    assert "As a whole it may read so" in shown
    assert run(written(tmp_path, "b.txt", BAD), "--format", "sarif") == 1
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["level"] == "warning"
    assert "may read so" not in result["message"]["text"]


def test_sarif_of_a_decoded_text_names_no_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = multipart("alternative", part("text/html", "<p>Just checking <i>in</i>!</p>"))
    run(written(tmp_path, "a.eml", raw), "--format", "sarif")
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_rules_can_be_disabled_one_by_one_or_in_a_list(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", BAD + "Just checking in!\n")
    assert run(path, "--disable", "counting-attempts", "--disable", "empty-check-in") == 0
    assert run(path, "--disable", "counting-attempts,empty-check-in") == 0


@pytest.mark.parametrize(
    ("name", "content", "options", "said"),
    [
        ("a.txt", BAD, ("--disable", "manners"), "The rules are: grievance"),
        ("a.mbox", b"From x@y.example Mon Mar  3 09:30:00 2025\n" + mail(), (), "whole mailbox"),
        ("a.pdf", b"%PDF-1.7\n", (), "not a letter"),
    ],
)
def test_wrong_requests_are_refused_with_the_next_step(
    tmp_path: Path, name: str, content: bytes | str, options: tuple[str, ...], said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        run(written(tmp_path, name, content), *options)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="There is no file"):
        run(str(tmp_path / "nothing.txt"))
    with pytest.raises(RequestError, match="is not a file"):
        run(str(tmp_path))


def test_control_characters_of_a_letter_stay_out_of_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(written(tmp_path, "a.txt", "this is my third \x1b[31memail, or your\u202e last chance"))
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
