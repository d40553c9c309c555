"""The table of commands: where each lives and what it does.

Nothing is imported from here: a command is loaded when it is asked for, and the help of the whole
program is printed from this table alone. That is most of what makes a start quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cyclopts import App


class Command(NamedTuple):
    """One command.

    Attributes:
        place: its module below `gonequiet.cli`, and its function there.
        does: the first sentences of its help.
    """

    place: str
    does: str


COMMANDS: dict[str, Command] = {
    "demo": Command(
        "demo:demo",
        "Write a made-up mailbox, import it, and show who has gone quiet in it.",
    ),
    "import": Command(
        "bring_in:import_",
        "Bring records in: mail, calendars, cards, calls, texts, chats, LinkedIn; files and "
        "folders.",
    ),
    "today": Command(
        "today:today",
        "Show the morning page: what is quiet and worth it, who waits on you, what is due.",
    ),
    "next": Command(
        "today:next_",
        "Show the single next decent step of each engagement that needs one, and why.",
    ),
    "quiet": Command("quiet:quiet", "Show who has gone quiet, how sure that is, and why."),
    "show": Command("show:show", "Show one contact: open matters, habits, and the whole timeline."),
    "reflect": Command(
        "reflect:reflect",
        "Look back on a contact or engagement: what speaks for commitment, what against.",
    ),
    "overrule": Command(
        "overrule:overrule",
        "Say that a sign does not count. Kept for ever; 'undo' takes it back.",
    ),
    "meetings": Command(
        "today:meetings",
        "Show meetings to come and held, how you meet, and who is due for one in person.",
    ),
    "owed": Command(
        "own_side:owed", "Show who waits for your answer, the most unusual delay first."
    ),
    "figures": Command(
        "own_side:figures",
        "Show your own figures by the ruler laid on others: share, delay, promises kept.",
    ),
    "drifting": Command(
        "drifting:drifting",
        "Show with whom the exchange has faded against its own rhythm, though nothing is owed.",
    ),
    "log": Command("log:log", "Enter what no record holds: you met, called, or had lunch."),
    "logged": Command(
        "log:logged",
        "List what you entered by hand; change it, take it out, read it from a table.",
    ),
    "triage": Command(
        "triage:triage",
        "Show how serious each engagement is: serious, uncertain, or window-shopping.",
    ),
    "engagements": Command(
        "engagements:engagements",
        "List your engagements, and say what they are. Kept for ever; 'undo' takes it back.",
    ),
    "answered": Command(
        "answered:answered",
        "Show the responses that came after a silence, where each leads, and what follows.",
    ),
    "search": Command("search:search", "Find messages that hold a text, literally, newest first."),
    "contacts": Command("identity:contacts", "List your contacts, the latest exchange first."),
    "merge": Command(
        "identity:merge",
        "Say that two or more contacts are one person. Kept for ever; 'undo' takes it back.",
    ),
    "split": Command(
        "identity:split",
        "Say that an address is a contact of its own. Kept for ever; 'undo' takes it back.",
    ),
    "me": Command("identity:me", "Say which addresses are yours, or show which are taken to be."),
    "undo": Command(
        "identity:undo",
        "Take back the last thing you said that still holds, whatever it was about.",
    ),
    "problems": Command("health:problems", "List what could not be read, or not wholly, and why."),
    "verify": Command(
        "health:verify",
        "Check that the database is sound: every row is as it was written.",
    ),
    "status": Command(
        "health:status",
        "Show how fresh and complete each source is, and what is known.",
    ),
    "export": Command(
        "health:export",
        "Write everything in the store as lines of JSON, in a canonical order.",
    ),
    "promises": Command(
        "promises:promises",
        "List what you and your contacts promised each other: due, overdue, kept.",
    ),
    "read": Command(
        "promises:read",
        "Read what messages say: promises, requests, hedges. An import does this at its end.",
    ),
    "reference": Command(
        "reference:reference",
        "Show how reliable somebody's promises were, and record what others say of it.",
    ),
    "whole": Command(
        "rights:whole",
        "Write everything there is of one contact: every record, and what was concluded from them.",
    ),
    "erase": Command(
        "rights:erase",
        "Erase one contact whole. This is the one thing that cannot be undone.",
    ),
    "freeze": Command(
        "rights:freeze",
        "Leave one contact alone: nothing is concluded, shown or proposed about them.",
    ),
    "retain": Command(
        "rights:retain",
        "Keep the records of a source only for so many days; older ones go, now and at every "
        "import.",
    ),
    "backup": Command(
        "rights:backup", "Copy the whole database to a file, also while gonequiet is at work."
    ),
    "restore": Command(
        "rights:restore", "Put a backup, or an export of everything, in the place of the database."
    ),
    "backtest": Command(
        "backtest:backtest",
        "Replay your own mail: what was said at each moment, and what came of it.",
    ),
    "lint": Command(
        "lint:lint",
        "Mark what costs goodwill in a letter, with the reason and a better wording.",
    ),
    "draft": Command(
        "draft:draft",
        "Write a draft for one contact and put it among your drafts. Nothing is ever sent.",
    ),
    "recap": Command(
        "recap:recap",
        "Write down what a meeting or a call came to: who does what by when.",
    ),
    "outbox": Command(
        "outbox:outbox",
        "List the drafts made for you, and what became of them, or remove an untouched one.",
    ),
    "templates": Command(
        "templates:templates",
        "List the templates drafts are written from, show one, or copy one for you to edit.",
    ),
}
"""Every command by name, in the order of the help; tests hold it against the manual."""


def register(app: App) -> None:
    """Makes every command known, in the order of the help; none is imported."""
    for number, (name, command) in enumerate(COMMANDS.items()):
        app.command(f"{__package__}.{command.place}", name=name, sort_key=number)
