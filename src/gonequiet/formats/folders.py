"""What the name of a mail folder or label says of the mail in it, in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class FolderRole(StrEnum):
    """What a folder is for (RFC 6154 special uses, and the inbox)."""

    INBOX = "inbox"
    SENT = "sent"
    DRAFTS = "drafts"
    JUNK = "junk"
    TRASH = "trash"
    ARCHIVE = "archive"
    OTHER = "other"


# Whole names, folded by `_folded`: lower case, separators and punctuation as single blanks.
_NAMES: Final[dict[FolderRole, str]] = {
    FolderRole.INBOX: "inbox|in|notes inbox|posteingang|boîte de réception|bandeja de entrada|"
    "recebidos|posta in arrivo|postvak in|inkorg|innboks|indbakke|saapuneet|"
    "odebrane|входящие|受信トレイ",
    FolderRole.SENT: "sent|sent mail|sent items|sent messages|sentmail|sent objects|outbox sent|"
    "gesendet|gesendete|gesendete objekte|gesendete elemente|gesendete nachrichten|envoyés|"
    "messages envoyés|éléments envoyés|courrier envoyé|enviados|elementos enviados|"
    "correo enviado|mensajes enviados|itens enviados|e mails enviados|inviati|posta inviata|"
    "elementi inviati|verzonden|verzonden items|verzonden berichten|skickat|skickade objekt|"
    "sendt|sendte elementer|sendt post|lähetetyt|wysłane|elementy wysłane|odeslaná pošta|"
    "отправленные|送信済み|送信済みアイテム|已发送|已发送邮件|寄件備份|보낸편지함",
    FolderRole.DRAFTS: "drafts|draft|entwürfe|brouillons|borradores|rascunhos|bozze|concepten|"
    "utkast|kladder|luonnokset|szkice|koncepty|черновики|下書き|草稿|임시보관함",
    FolderRole.JUNK: "junk|spam|junk e mail|junk email|bulk mail|junk mail|unerwünscht|"
    "courrier indésirable|correo no deseado|lixo eletrônico|posta indesiderata|ongewenst|"
    "skräppost|søppelpost|roskaposti|nevyžádaná pošta|спам|迷惑メール|垃圾邮件|스팸",
    FolderRole.TRASH: "trash|deleted|deleted items|deleted messages|bin|papierkorb|"
    "gelöschte elemente|gelöschte objekte|corbeille|éléments supprimés|papelera|"
    "elementos eliminados|lixeira|cestino|posta eliminata|prullenbak|papperskorgen|slettet|"
    "roskakori|kosz|koš|корзина|ゴミ箱|已删除|휴지통",
    FolderRole.ARCHIVE: "archive|archives|all mail|all documents|archiv|alle nachrichten|"
    "tous les messages|archivo|todos|arquivo|archivio|archief|arkiv|arkisto|archiwum|архив",
}
_ROLES: Final = {name: role for role, names in _NAMES.items() for name in names.split("|")}
_SEPARATORS: Final = re.compile(r"[\W_]+")
_SUFFIX: Final = re.compile(r"(?: \d{2,4})?(?: mbox)?$")


def folder_role(name: str) -> FolderRole:
    """Returns what a folder is for, by the last part of its name that says so.

    Args:
        name: as the owner knows it, parts separated by "/" or "." ("[Gmail]/Sent Mail").
    """
    parts = re.split(r"[/.\\]", name)
    for part in reversed(parts):
        role = _ROLES.get(_folded(part))
        if role is not None:
            return role
    return _ROLES.get(_folded(name), FolderRole.OTHER)


def label_roles(labels: Iterable[str]) -> list[str]:
    """Returns the roles that labels give a message, each once, in order."""
    roles = (folder_role(label) for label in labels)
    return list(dict.fromkeys(role.value for role in roles if role is not FolderRole.OTHER))


def _folded(name: str) -> str:
    words = _SEPARATORS.sub(" ", name.casefold()).strip()
    return words if words in _ROLES else _SUFFIX.sub("", words)
