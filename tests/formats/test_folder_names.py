"""What the names of folders, Maildir files and labels say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.folders import FolderRole, folder_role, label_roles
from gonequiet.formats.maildir import flags_of, folder_name, position_of


@pytest.mark.parametrize(
    "name",
    [
        "Sent",
        "Sent Items",
        "sent_items",
        "_sent_mail",
        "Sent Messages",
        "INBOX.Sent",
        "INBOX/Sent",
        "Sent/2020",
        "Sent.mbox",
        "[Gmail]/Sent Mail",
        "[Gmail]/Gesendet",
        "Gesendet",
        "Gesendete Objekte",
        "Gesendete Elemente",
        "Envoyés",
        "Éléments envoyés",
        "Elementos enviados",
        "Posta inviata",
        "Verzonden items",
        "Отправленные",
        "已发送",
        "Takeout/Mail/Sent.mbox",
    ],
)
def test_sent_folders_are_known_in_many_clients(name: str) -> None:
    assert folder_role(name) is FolderRole.SENT


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("INBOX", FolderRole.INBOX),
        ("Posteingang", FolderRole.INBOX),
        ("Drafts", FolderRole.DRAFTS),
        ("Entwürfe", FolderRole.DRAFTS),
        ("Spam", FolderRole.JUNK),
        ("Junk E-mail", FolderRole.JUNK),
        ("Deleted Items", FolderRole.TRASH),
        ("[Gmail]/Trash", FolderRole.TRASH),
        ("Papierkorb", FolderRole.TRASH),
        ("[Gmail]/All Mail", FolderRole.ARCHIVE),
        ("Customers", FolderRole.OTHER),
        ("Unsent", FolderRole.OTHER),
        ("Presented", FolderRole.OTHER),
        ("", FolderRole.OTHER),
    ],
)
def test_other_folders_are_known_or_left_open(name: str, role: FolderRole) -> None:
    assert folder_role(name) is role


def test_labels_give_each_role_once() -> None:
    assert label_roles(["Inbox", "Customers", "Sent", "Gesendet"]) == ["inbox", "sent"]


@pytest.mark.parametrize(
    ("directory", "folder"),
    [
        (".Sent.2020", "Sent/2020"),
        (".INBOX.Sent", "INBOX/Sent"),
        (".Entw&APw-rfe", "Entwürfe"),
        (".A&-B", "A&B"),
        (".&broken", "&broken"),
        (".&\u00fc-x", "&\u00fc-x"),
        (".", ""),
        ("", ""),
        ("Archive", "Archive"),
    ],
)
def test_directories_of_a_maildir_name_folders(directory: str, folder: str) -> None:
    assert folder_name(directory) == folder


def test_a_message_keeps_its_position_when_its_flags_change() -> None:
    assert position_of("1740.M2P3.mx:2,S") == position_of("1740.M2P3.mx:2,RS") == "1740.M2P3.mx"
    assert position_of("1740.M2P3.mx") == "1740.M2P3.mx"
    assert flags_of("1740.M2P3.mx:2,RS") == "RS"
    assert flags_of("1740.M2P3.mx") == ""


@given(st.text())
def test_any_name_is_read_without_raising(name: str) -> None:
    folder_role(name)
    folder_name(name)
    position_of(name)
