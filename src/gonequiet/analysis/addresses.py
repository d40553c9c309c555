"""What an address alone tells: its mailbox, its organisation, and what stands behind it."""

from __future__ import annotations

import re
from typing import Final

from gonequiet.domain.contact import ContactKind, SetAsideReason
from gonequiet.domain.reach import SCHEMES, TEL

GMAIL: Final = frozenset({"gmail.com", "googlemail.com"})

# Providers where anybody can have a mailbox: the domain says nothing of an employer.
_PROVIDERS = """
gmail.com googlemail.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com
msn.com passport.com aol.com aim.com compuserve.com netscape.net icloud.com me.com mac.com
mail.com email.com usa.net gmx.net gmx.com gmx.de gmx.at gmx.ch web.de t-online.de freenet.de
arcor.de posteo.de mailbox.org proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io
fastmail.com fastmail.fm hey.com zoho.com zohomail.com hushmail.com inbox.com lycos.com
excite.com juno.com netzero.net netzero.com earthlink.net mindspring.com prodigy.net
bellsouth.net swbell.net sbcglobal.net pacbell.net ameritech.net att.net worldnet.att.net
verizon.net comcast.net cox.net charter.net optonline.net roadrunner.com rr.com home.com
adelphia.net flash.net ev1.net hal-pc.org houston.rr.com pdq.net texas.net frontier.com
windstream.net centurylink.net shaw.ca rogers.com sympatico.ca telus.net videotron.ca
btinternet.com btopenworld.com virginmedia.com ntlworld.com blueyonder.co.uk talktalk.net
sky.com tiscali.co.uk freeserve.co.uk orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr
libero.it tin.it virgilio.it alice.it tiscali.it fastwebnet.it telefonica.net terra.es
terra.com.br uol.com.br bol.com.br ig.com.br globo.com xs4all.nl planet.nl hetnet.nl ziggo.nl
kpnmail.nl home.nl chello.nl skynet.be telenet.be bluewin.ch sunrise.ch chello.at aon.at
telia.com spray.se online.no start.no mail.dk jubii.dk wp.pl onet.pl o2.pl interia.pl
seznam.cz centrum.cz volny.cz freemail.hu citromail.hu mail.ru inbox.ru list.ru bk.ru
yandex.ru yandex.com rambler.ru ukr.net abv.bg sapo.pt otenet.gr walla.com walla.co.il
rediffmail.com sify.com indiatimes.com qq.com foxmail.com 163.com 126.com yeah.net sina.com
sina.cn sohu.com 21cn.com tom.com aliyun.com 139.com 189.cn naver.com daum.net hanmail.net
nate.com docomo.ne.jp ezweb.ne.jp nifty.com biglobe.ne.jp bigpond.com bigpond.net.au
optusnet.com.au iinet.net.au xtra.co.nz mweb.co.za duck.com
"""
PUBLIC_PROVIDERS: Final = frozenset(_PROVIDERS.split())
_PROVIDER_FAMILIES: Final = frozenset({"yahoo", "hotmail", "live", "outlook", "msn", "gmx"})

# Below these labels of a country's domain, organisations register.
_LABELS = """
co com net org gov edu ac or ne go mil gob gouv govt gv ltd plc nhs police sch school id web
info nom asso firm ind gen res nic in k12 lg ad gr ed me
"""
_SECOND_LEVEL: Final = frozenset(_LABELS.split())
_MIN_LABELS: Final = 2
_COUNTRY_CHARS: Final = 2
_SHORT_NUMBER: Final = len(TEL) + 6  # shorter ones are services', which nobody answers
_SERVICE: Final = (ContactKind.MACHINE, SetAsideReason.NO_REPLY)
_LOCAL_CHARS: Final = 100  # of the part before the @; longer ones are made by machines

_NO_REPLY: Final = re.compile(
    r"(?:no|not|never)[-_.]?(?:to[-_.]?)?repl(?:y|ies)|do[-_.]?not[-_.]?(?:reply|respond|answer)|"
    r"unattended|automailer|auto[-_.]?(?:mail|notify|confirm|reply|response|responder)|"
    r"(?:e?mail)?(?:notif(?:y|ication|ications|ier)|alerts?)(?:[-_.+].*)?|"
    r"reply\+.*|(?:.*[-_.])?bounces?(?:[-+=_.].*)?|.*=.*|prvs.*|nobody|undisclosed[-_.]recipients?"
)
_DAEMON: Final = re.compile(r"mailer[-_.]?daemon|mail[-_.]?daemon|postmaster|daemon|mdaemon")
_LIST: Final = re.compile(
    r"(?:.+[-_.])?(?:request|subscribe|unsubscribe|owner|announce|discuss|users|devel)|"
    r"owner-.+|.+-l|listserv|majordomo|mailman|sympa|(?:.*[-_.])?(?:newsletters?|digest|listmaster)"
)
_LIST_DOMAIN: Final = re.compile(
    r"(?:lists?|listserv|listserver|mailman|groups|newsletter)\d*\..+|googlegroups\.com|"
    r"(?:.+\.)?(?:yahoogroups|egroups|freelists|topica)\.(?:com|org)|groups\.io"
)
_FULL_NAME: Final = re.compile(r"[a-z]{2,}\.[a-z]{2,}")
_ROLE: Final = re.compile(
    r"(?:(?:customer|client|tech|technical|it|user|web|site|sales|product|e)[-_.]?)?"
    r"(?:support|service|services|care|help|helpdesk|help[-_.]?desk|relations)|"
    r"info|information|infos|sales|contact|contactus|hello|office|team|admin|administrator|"
    r"administration|webmaster|hostmaster|root|abuse|security|privacy|legal|billing|accounts|"
    r"accounting|accountspayable|ap|payables|invoices?|orders?|purchasing|procurement|booking|"
    r"bookings|reservations?|reception|frontdesk|enquiries|enquiry|inquiries|inquiry|"
    r"hr|human[-_.]?resources|jobs|careers|career|recruiting|recruitment|talent|payroll|benefits|"
    r"marketing|press|media|pr|public[-_.]?relations|news|editors?|editorial|feedback|survey|"
    r"surveys|members?|membership|subscriptions?|registration|register|events?|training|"
    r"(?:.+[-_.])?announcements?|mailbox|mail|email|everyone|all|staff|allstaff|all[-_.].+|system|sysadmin|"
    r"postmaster|noc|operations|ops|kundenservice|kontakt|buchhaltung|bewerbung|service[-_.].+|"
    r"comercial|ventas|soporte|atencion.*|commercial|accueil|secretariat|segreteria|amministrazione|"
    r"tickets?|ticketing|confirmations?|receipts?|invoicing|payments?|refunds?|returns?|renewals?|"
    r"shipping|shipments?|deliver(?:y|ies)|statements?|reminders?|updates?|offers?|rewards?|welcome|"
    r"buchung(?:en)?|bestellung(?:en)?|rechnung(?:en)?|versand|vertrieb|verkauf|einkauf|redaktion|"
    r"empfang|zentrale|verwaltung|poststelle|sekretariat|anfragen?|anmeldung(?:en)?|bewerbungen|"
    r"personalabteilung|reservierung(?:en)?|kundendienst|facturation|factures?|facturacion|reservas?"
)
_MACHINE: Final = re.compile(
    r"[a-z0-9]*[0-9a-f]{16,}[a-z0-9._-]*|[0-9._-]{12,}|[a-z]+-[0-9a-f]{10,}"
)


def canonical_address(address: str) -> str:
    """The mailbox behind an address: without +tag, and at Gmail without dots."""
    local, at, domain = address.partition("@")
    if not at or address.startswith(SCHEMES):
        return address
    local = local.partition("+")[0] or local
    if domain in GMAIL:
        return f"{local.replace('.', '') or local}@gmail.com"
    return f"{local}@{domain}"


def organisation_of(address: str) -> str:
    """The registrable domain of an address, "" at public providers and without a domain."""
    is_mail = "@" in address and not address.startswith(SCHEMES)
    domain = address.rpartition("@")[2].rstrip(".") if is_mail else ""
    labels = domain.split(".")
    if len(labels) < _MIN_LABELS or domain.startswith("[") or domain in PUBLIC_PROVIDERS:
        return ""
    is_below = len(labels[-1]) == _COUNTRY_CHARS and labels[-2] in _SECOND_LEVEL
    labels = labels[-3:] if is_below else labels[-2:]
    registered = ".".join(labels)
    if registered in PUBLIC_PROVIDERS or labels[0] in _PROVIDER_FAMILIES:
        return ""
    return registered


def house_of(address: str) -> str:
    """What who-is-who keeps to: the organisation, or the mailbox of who writes from none."""
    return organisation_of(address) or canonical_address(address)


def kind_of(address: str) -> tuple[ContactKind, SetAsideReason | None]:
    """What stands behind an address by its looks, and why that is no contact."""
    if address.startswith(SCHEMES):
        is_service = len(address) <= _SHORT_NUMBER and address.startswith(TEL)
        return _SERVICE if is_service else (ContactKind.PERSON, None)
    local, _, domain = address.partition("@")
    if len(local) > _LOCAL_CHARS:
        return ContactKind.MACHINE, SetAsideReason.NO_REPLY
    mailbox = local.partition("+")[0] if not local.startswith("reply+") else local
    if _DAEMON.fullmatch(mailbox):
        return ContactKind.MACHINE, SetAsideReason.MAILER_DAEMON
    if _NO_REPLY.fullmatch(mailbox) or _MACHINE.fullmatch(mailbox):
        return ContactKind.MACHINE, SetAsideReason.NO_REPLY
    is_listed = _LIST_DOMAIN.fullmatch(domain) and not _FULL_NAME.fullmatch(mailbox)
    if is_listed or _LIST.fullmatch(mailbox):
        return ContactKind.LIST, SetAsideReason.LIST
    if _ROLE.fullmatch(mailbox):
        return ContactKind.ROLE, SetAsideReason.ROLE_BOX
    return ContactKind.PERSON, None
