"""Findings of tone as SARIF 2.1.0 (OASIS), the exchange format editors read findings in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from gonequiet.language.tone import Finding, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(
    path: str,
    findings: Iterable[Finding],
    *,
    rules: Sequence[Rule],
    version: str,
    has_lines: bool = True,
) -> dict[str, Any]:
    """Returns a SARIF log of one run over one file.

    Args:
        path: of the file judged, with forward slashes.
        findings: what was found in it.
        rules: every rule that was applied, one for each id.
        version: of gonequiet.
        has_lines: whether the lines of the findings are lines of the file.
    """
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    driver = {
        "name": "gonequiet",
        "version": version,
        "rules": [_descriptor(rule) for rule in rules],
    }
    uri = quote(path)
    results = [_result(each, numbers[each.rule], uri, has_lines=has_lines) for each in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.reason},
        "help": {"text": f"{rule.suggestion}\nSource: {rule.source}"},
        "defaultConfiguration": {"level": "warning"},
    }


def _result(finding: Finding, number: int, uri: str, *, has_lines: bool) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if has_lines:
        location["region"] = _region(finding)
    return {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": "note" if finding.is_weighed else "warning",
        "message": {"text": f"{finding.reason} Better: {finding.suggestion}"},
        "locations": [{"physicalLocation": location}],
    }


def _region(finding: Finding) -> dict[str, Any]:
    """The region of a finding; its end column is the one after its last character."""
    lines = finding.quote.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    after_first = len(lines) > 1
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.line + len(lines) - 1,
        "endColumn": len(lines[-1]) + (1 if after_first else finding.column),
        "snippet": {"text": finding.quote},
    }
