"""A few new messages on top of many: only what they touch is drawn, and as if all had been."""

from __future__ import annotations

from pathlib import Path

from tests.support.desk import Desk
from tests.support.mail import DANA, OWNER, mail

SOUND = {"sound": True, "findings": []}
FINN, EDDA = "Finn Falk <finn@harbour.example>", "Edda Eder <edda@pier.example>"


class Post:
    """A folder to which letters come one import after the other."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "mail"
        self.desk = Desk(tmp_path / "records.db")
        self._number = 0

    def comes(self, *, body: str = "Shall we meet on Thursday?\n", **fields: str) -> None:
        """Adds a letter, an hour after the one before, and imports the folder."""
        at, self._number = self._number, self._number + 1
        headers = {
            "Message-ID": f"<{at}@x.example>",
            "Date": f"Mon, {3 + at // 24} Mar 2025 {at % 24:02}:30:00 +0000",
            **{name.replace("_", "-"): value for name, value in fields.items()},
        }
        without = tuple(name for name, value in headers.items() if not value)
        self.folder.mkdir(exist_ok=True)
        (self.folder / f"{at:03}.eml").write_bytes(mail(body, headers=headers, without=without))
        self.desk.takes_in(self.folder)

    def waits(self, contact: str) -> list[dict[str, object]]:
        """Returns what is waited for of a contact."""
        return [one for one in self.desk.exported("wait") if one["contact"] == contact]


def test_an_answer_by_somebody_else_reaches_everybody_who_was_asked(tmp_path: Path) -> None:
    post = Post(tmp_path)
    post.comes(From=OWNER, To=f"{DANA}, {FINN}")
    assert post.desk.run("me", "kim@adler.example").code == 0
    post.comes(From=FINN, To=OWNER, In_Reply_To="<0@x.example>", body="Yes, gladly.\n")
    (asked,) = post.waits("dana.reyes@harbour.example")
    assert asked["answered_by_other_after"] == 3600
    assert post.desk.asks("verify") == SOUND


def test_mail_between_others_leaves_those_it_is_sent_to_as_they_were(tmp_path: Path) -> None:
    post = Post(tmp_path)
    post.comes(From=OWNER, To=EDDA)
    assert post.desk.run("me", "kim@adler.example").code == 0
    before = post.waits("edda@pier.example")
    post.comes(From=DANA, To=OWNER, Cc=f"{EDDA}, {FINN}", Subject="Another quay")
    assert post.waits("edda@pier.example") == before
    assert post.desk.asks("verify") == SOUND


def test_who_was_set_aside_and_writes_as_a_person_is_waited_for_from_the_first(
    tmp_path: Path,
) -> None:
    post = Post(tmp_path)
    for _ in range(4):
        post.comes(From=EDDA, List_Id="<crew.pier.example>")
    post.comes(From=OWNER, To=EDDA, Subject="The plans")
    assert post.desk.run("me", "kim@adler.example").code == 0
    post.comes(From=EDDA, To=OWNER, Subject="Re: The plans", In_Reply_To="<4@x.example>")
    (asked,) = post.waits("edda@pier.example")
    assert asked["answered_after"] == 3600
    assert post.desk.asks("verify") == SOUND


def test_what_came_bit_by_bit_is_found_as_well_as_what_came_at_once(tmp_path: Path) -> None:
    post = Post(tmp_path)
    for number in range(18):
        post.comes(body=f"The crane of quay {number} is called crane{number:02}.\n")
    for number in (0, 9, 17):
        assert len(post.desk.asks("search", f"crane{number:02}")) == 1
    assert post.desk.asks("verify") == SOUND


def test_answers_to_copies_of_letters_without_an_id_are_no_one_thread(tmp_path: Path) -> None:
    post = Post(tmp_path)
    for at, what in ((0, "quay"), (2, "crane")):
        sent = {"Subject": f"The {what}", "Date": f"Mon, 3 Mar 2025 0{at}:30:00 +0000"}
        body = f"Can you tell me how high the {what} is?\n"
        post.comes(body=body, Message_ID="", **sent)
        post.comes(body=body, Message_ID=f"<{what}@x.example>", **sent)
    for what in ("quay", "crane"):
        post.comes(From=OWNER, To=DANA, Subject=f"Your {what}", In_Reply_To=f"<{what}@x.example>")
    threads = {one["subject"]: one["thread"] for one in post.desk.exported("message")}
    assert threads["Your quay"] != threads["Your crane"]
    assert post.desk.asks("verify") == SOUND


def test_letters_known_before_that_come_to_lie_in_a_sent_folder_count_for_the_owner(
    tmp_path: Path,
) -> None:
    post = Post(tmp_path)
    known = [
        mail(headers={"From": FINN, "To": DANA, "Message-ID": f"<{at}@pier.example>"})
        for at in range(3)
    ]
    folder = post.folder / "Sent"
    folder.mkdir(parents=True)
    (folder / "kim.eml").write_bytes(mail(headers={"From": OWNER, "To": DANA}))
    post.desk.takes_in(post.folder)
    for number, letter in enumerate(known):
        (post.folder / f"{number}.eml").write_bytes(letter)
    post.desk.takes_in(post.folder)
    assert proposed(post.desk) == "kim@adler.example"
    for number, letter in enumerate(known):
        (folder / f"{number}.eml").write_bytes(letter)
    post.desk.takes_in(post.folder)
    assert proposed(post.desk) == "finn@harbour.example"
    assert post.desk.asks("verify") == SOUND


def proposed(desk: Desk) -> str:
    """Returns who is taken to be the owner."""
    (address,) = desk.asks("me")["addresses"]
    return str(address)
