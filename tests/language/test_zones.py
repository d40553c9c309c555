"""New words are told from quotations, forwarded mail, signatures and footers."""

from __future__ import annotations

import pytest

from gonequiet.language.zones import Part, Zone, cut_zones, quoted_words, zone_spans

NEW = "Please send the draft by Friday.\n\nThanks,\nOmar"
OLD = "Here is the old mail.\nIt had two lines."


def prefixed(text: str) -> str:
    return "\n".join("> " + line for line in text.split("\n"))


ANNOUNCEMENTS = {
    "outlook": "-----Original Message-----\nFrom: Dana Reyes [mailto:dana@example.org]\n"
    "Sent: Monday, March 3, 2025 10:12 AM\nTo: Omar Haddad\nSubject: Draft\n\n",
    "outlook on the web": "________________________________\nFrom: Dana Reyes <dana@example.org>\n"
    "Sent: Monday, March 3, 2025 10:12\nTo: Omar Haddad\nSubject: Draft\n\n",
    "bold header names": "*From:* Dana Reyes <dana@example.org>\n*Sent:* Monday, March 3, 2025\n"
    "*To:* Omar Haddad\n*Subject:* Draft\n\n",
    "german outlook": "Von: Dana Reyes <dana@example.org>\nGesendet: Montag, 3. März 2025 10:12\n"
    "An: Omar Haddad\nBetreff: Entwurf\n\n",
    "lotus notes": "Dana Reyes@ACME\n10/12/2000 03:12 PM\nTo: Omar Haddad/HOU/ACME@ACME\ncc:  \n\n"
    "Subject: Draft\n\n",
    "lotus notes from outside": '"Dana Reyes" <dana@example.org> on 10/12/2000 03:12:55 PM\n'
    "Please respond to dana@example.org\nTo: omar@example.net\ncc:  \nSubject: Draft\n\n",
    "lotus notes, date wrapped": '"Reyes, Dana" <dana@example.org> on 10/12/2000 \n03:12:55 PM\n'
    "To: omar@example.net\ncc: \nSubject: Draft\n\n",
    "lotus notes, sent by another": "\tDana Reyes@ACME\n\tSent by: Lee Ward@ACME\n"
    "\t10/12/2000 03:12 PM\n\t\t \n\t\t To: Omar Haddad@ACME\n\t\t cc: \n\t\t Subject: Draft\n\n",
    "lotus notes in two columns": "                    Dana.Reyes@example.or\n"
    "                    g                     To:     Omar Haddad/Internal/Acme@Acme\n"
    "                                          cc:\n"
    "                    10/12/2000 03:12      Subject:     RE: Draft of the agreement and\n"
    "                    PM                    its annex\n\n\n",
    "lotus notes in two columns, many readers": '            "Reyes, Dana"\n'
    "            <dana@example.org>      To:     omar@example.net, lee@example.net,\n"
    "kim@example.net\n\n"
    "                                    cc:     tomas@example.net\n"
    "            10/12/2000              Subject:\n            03:12 PM\n\n",
    "lotus notes in two columns, name on one line": "            Dana Reyes     To:     Omar\n"
    "                           cc:\n            10/12/2000     Subject:     Draft\n\n",
    "lotus notes on one line": "\tDana Reyes/ENR@ACME 03/03/2025 10:12 AM \t   To: Omar Haddad/ACME"
    "  cc:   Subject: Draft\t\n\n\n \n",
    "lotus notes on one line, outside": '\t"Reyes, Dana" <dana@example.org> 03/03/2025 10:12 AM'
    " Please respond to dana \t   To: Omar Haddad/ACME@ACME  cc: Lee Ward  Subject: Draft\t\n",
    "apple without prefix": "On Mar 3, 2025, at 10:12, Dana Reyes <dana@example.org> wrote:\n\n",
}
ATTRIBUTIONS = {
    "one line": "On Mon, 3 Mar 2025 at 10:12, Dana Reyes <dana@example.org> wrote:\n\n",
    "two lines": "On Mon, 3 Mar 2025 at 10:12, Dana Reyes <\ndana@example.org> wrote:\n\n",
    "german": "Am Mo., 3. März 2025 um 10:12 Uhr schrieb Dana Reyes <\ndana@example.org>:\n\n",
    "french": "Le lun. 3 mars 2025 à 10:12, Dana Reyes <dana@example.org> a écrit :\n\n",
    "spanish": "El lun, 3 mar 2025 a las 10:12, Dana Reyes (<dana@example.org>) escribió:\n\n",
    "name only": "Dana Reyes wrote:\n",
    "german, name first": "Dana Reyes <dana@example.org> schrieb am Mo., 3. März 2025, 10:12:\n",
    "german, name first, wrapped": "Dana Reyes <dana@example.org> schrieb am Mo., 3. März 2025,\n"
    "10:12:\n",
    "italian": "Il giorno lun 3 mar 2025 alle ore 10:12 Dana <dana@example.org> ha scritto:\n",
    "norwegian": "man. 3. mar. 2025 kl. 10.12 skrev Dana Reyes <dana@example.org>:\n",
    "polish": "pon., 3 mar 2025 o 10:12 Dana Reyes <dana@example.org> napisał(a):\n",
    "polish thunderbird": "W dniu 3.03.2025 o 10:12, Dana Reyes pisze:\n",
    "finnish": "ma 3. maalisk. 2025 klo 10.12 Dana Reyes (dana@example.org) kirjoitti:\n",
    "czech": "po 3. 3. 2025 v 10:12 odesílatel Dana Reyes <dana@example.org> napsal:\n",
    "russian": "пн, 3 мар. 2025 г. в 10:12, Dana Reyes <dana@example.org>:\n",
    "turkish": "Dana Reyes <dana@example.org>, 3 Mar 2025 Pzt, 10:12 tarihinde şunu yazdı:\n",
    "turkish, wrapped": "Dana Reyes <dana@example.org>, 3 Mar 2025 Pzt, 10:12 tarihinde şunu\n"
    "yazdı:\n",
    "polish, wrapped": "śr., 3 mar 2025 o 10:12 Dana Reyes <dana@example.org>\nnapisał(a):\n",
    "japanese": "2025年3月3日(月) 10:12 Dana Reyes <dana@example.org>:\n",
    "chinese": "Dana Reyes <dana@example.org> 于2025年3月3日周一 10:12写道：\n",
    "chinese, wrapped": "Dana Reyes <dana@example.org> 于2025年3月3日周一\n10:12写道：\n",
    "korean": "2025년 3월 3일 (월) 오전 10:12, Dana Reyes <dana@example.org>님이 작성:\n",
    "webmail": "Quoting Dana Reyes <dana@example.org>:\n",
}
FORWARDS = {
    "gmail": "---------- Forwarded message ---------\nFrom: Dana Reyes <dana@example.org>\n"
    "Date: Mon, 3 Mar 2025 at 10:12\nSubject: Draft\nTo: <omar@example.net>\n\n\n",
    "lotus notes": "---------------------- Forwarded by Omar Haddad/HOU/ACME on 10/12/2000 \n"
    "03:12 PM ---------------------------\n\n\nDana Reyes\n10/12/2000 02:43 PM\n"
    "To: Omar Haddad/HOU/ACME@ACME\ncc:  \n\nSubject: Draft\n\n",
    "apple": "Begin forwarded message:\n\nFrom: Dana Reyes <dana@example.org>\n"
    "Date: 3 March 2025\nTo: omar@example.net\nSubject: Draft\n\n",
}


@pytest.mark.parametrize("style", ANNOUNCEMENTS)
def test_what_stands_below_an_announcement_is_quoted(style: str) -> None:
    zones = cut_zones(f"{NEW}\n\n{ANNOUNCEMENTS[style]}{OLD}\n")
    assert zones.new_text == NEW
    assert zones.quoted.endswith(OLD)
    assert quoted_words(zones.quoted) == OLD


@pytest.mark.parametrize("style", ATTRIBUTIONS)
def test_prefixed_lines_and_their_attribution_are_quoted(style: str) -> None:
    zones = cut_zones(f"{NEW}\n\n{ATTRIBUTIONS[style]}{prefixed(OLD)}\n")
    assert zones.new_text == NEW
    assert quoted_words(zones.quoted) == OLD


@pytest.mark.parametrize("style", FORWARDS)
def test_what_is_passed_on_is_forwarded_not_quoted(style: str) -> None:
    zones = cut_zones(f"{NEW}\n\n{FORWARDS[style]}{OLD}\n")
    assert zones.new_text == NEW
    assert zones.quoted == ""
    assert quoted_words(zones.forwarded) == OLD


def test_answers_between_quoted_lines_are_new_words() -> None:
    text = "Dana wrote:\n> can you come?\n\nYes I can.\n\n> on Tuesday?\nNo, Wednesday.\n"
    assert cut_zones(text).new_text == "Yes I can.\n\nNo, Wednesday."


def test_an_answer_below_the_quotation_is_new() -> None:
    zones = cut_zones(f"{ATTRIBUTIONS['one line']}{prefixed(OLD)}\n\n{NEW}\n\n-- \nOmar\n")
    assert zones.new_text == NEW
    assert zones.signature == "-- \nOmar"


def test_below_the_quotation_inside_an_answer_that_is_quoted_nothing_is_new() -> None:
    answer = "My answer of yesterday.\n\n> What you had asked.\n\nAnd what I said below that."
    text = f"{NEW}\n\n{ANNOUNCEMENTS['apple without prefix']}{answer}\n"
    assert cut_zones(text).new_text == cut_zones(NEW).new_text


def test_a_quoted_line_that_lost_its_prefix_in_wrapping_stays_quoted() -> None:
    long = "> " + "word " * 14
    text = f"Fine.\n\n{long}\nlost end\n> and so on.\n"
    assert cut_zones(text).new_text == "Fine."


@pytest.mark.parametrize(
    "text",
    [
        "Dear all,\n\nFrom: what I see, we are late.\nThe sum: 3",
        "> From the desk of Dana, hello.",
        "She wrote: do not wait.\nSo we wait.",
        "On 3 March 2025 at 09:30 we meet with Dana Reyes <dana@example.org>:\nshe shows the yard.",
        "Ask Dana (dana@example.org):\nshe has the keys since 3.3.2025, 9:30.",
        "By 3/3/2025, 10:00, please send to Dana <dana@example.org>:\nthe plan and the bill.",
        "Subject: a matter we should discuss",
        "Read this.\n\nFrom: the kitchen\nSubject: soup\n\nTwice a week from now on.",
        "We met 03/03/2025 10:12 AM. Send it To: Dana, with this in it. Subject: the yard?",
        "To: everybody who came\nThank you all.",
    ],
)
def test_words_that_only_look_like_an_announcement_are_new(text: str) -> None:
    text = text.replace("> From", ">From")
    assert cut_zones(text).new_text == text


SIGNATURE = "Omar Haddad\nHead of Partnerships\nNorthwind Example Ltd\nPhone: +44 20 7946 0958"


def test_a_block_of_name_title_and_number_is_the_signature() -> None:
    zones = cut_zones(f"We meet on Thursday.\n\nBest regards,\nOmar\n\n{SIGNATURE}\n")
    assert zones.new_text == "We meet on Thursday.\n\nBest regards,\nOmar"
    assert zones.signature == SIGNATURE


@pytest.mark.parametrize(
    "ending",
    ["-- \nOmar", "Sent from my phone", "Get Outlook for iOS", "Von meinem iPhone gesendet"],
)
def test_a_delimiter_or_a_device_begins_the_signature(ending: str) -> None:
    zones = cut_zones(f"See you there.\n\n{ending}\n")
    assert zones == ("See you there.", ending, "", "")


def test_a_number_inside_a_sentence_is_no_signature() -> None:
    text = "Please call me on +44 20 7946 0958 when you have read the draft."
    assert cut_zones(text).new_text == text


LEGAL = (
    "This e-mail is confidential and intended solely for the addressee. If you\n"
    "have received it in error, please notify the sender and delete all copies."
)


def test_a_legal_footer_is_neither_new_nor_signature() -> None:
    zones = cut_zones(f"See you there.\n\n{'*' * 40}\n{LEGAL}\n{'*' * 40}\n")
    assert zones == ("See you there.", "", "", "")


def test_the_footer_of_a_mailing_list_is_cut() -> None:
    footer = (
        "_______________________________\nRiver mailing list\nTo unsubscribe write to r@x.example"
    )
    assert cut_zones(f"See you there.\n\n{footer}\n").new_text == "See you there."


def test_no_words_means_empty_zones() -> None:
    assert cut_zones("") == ("", "", "", "")
    assert cut_zones(" \n\n") == ("", "", "", "")


def test_line_ends_of_other_systems_make_no_difference() -> None:
    text = f"{NEW}\n\n{ANNOUNCEMENTS['outlook']}{OLD}\n"
    assert cut_zones(text.replace("\n", "\r\n")) == cut_zones(text)


def test_spans_name_the_zones_and_their_part() -> None:
    text = f"Hi Omar,\n\nWe meet on Thursday.\n\nBest,\nDana\n\n{prefixed(OLD)}\n"
    spans = [(text[s.start : s.stop], s.zone, s.part) for s in zone_spans(text)]
    assert spans == [
        ("Hi Omar,", Zone.GREETING, Part.NEW),
        ("We meet on Thursday.", Zone.PARAGRAPH, Part.NEW),
        ("Best,\nDana", Zone.CLOSING, Part.NEW),
        (prefixed(OLD), Zone.QUOTATION, Part.QUOTED),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "To opt out, unsubscribe from these letters.",
        "You received this letter as a member of our club.",
        "Change your subscription preferences at any time.",
        "See the list archive for what was said before.",
        "mailman at lists.example",
        "Advertisement: boats for hire, all summer long.",
        "Newsletter abmelden oder ändern",
        "Get your free email at www.msn.example",
        "Do You Yahoo!? Then come and see.",
        "MSN Photos is the easiest way to share.",
        "This letter was scanned for viruses.",
        "Please consider the environment before printing this letter.",
        "Der Umwelt zuliebe: Muss dieser Brief auf Papier?",
        "Sitz der Gesellschaft: Olpe. Registergericht: Amtsgericht Siegen, HRB 99000",
        "Diese Nachricht ist vertraulich. Sind Sie nicht der Adressat, so rufen Sie uns bitte an.",
    ],
)
def test_what_programs_print_below_a_letter_is_cut(printed: str) -> None:
    assert cut_zones(f"See you there.\n\n{printed}\n").new_text == "See you there."


@pytest.mark.parametrize(
    "marker",
    [
        "* Begin forwarded message:",
        "Begin forwarded message:",
        "----- Forwarded message -----",
        "_____ Original Message _____",
        "Anfang der weitergeleiteten Nachricht:",
    ],
)
def test_a_marker_is_seen_with_its_dashes_or_its_colon(marker: str) -> None:
    assert cut_zones(f"Look at this.\n\n{marker}\n\nOld words.\n").new_text == "Look at this."


def test_a_court_of_register_in_a_sentence_is_no_footer() -> None:
    letter = "Das Registergericht hat uns geladen.\n\nIch fahre am Montag hin.\n\nGruß\nJan"
    assert cut_zones(letter).new_text == letter


@pytest.mark.parametrize("closing", ["Cheers,\nMonique", "Monique"])
def test_the_name_printed_below_the_name_begins_the_signature(closing: str) -> None:
    zones = cut_zones(f"Drop the third line.\n\n{closing}\n\nMonique Fairweather\nDovetail Yard\n")
    assert zones.new_text == f"Drop the third line.\n\n{closing}"
    assert zones.signature == "Monique Fairweather\nDovetail Yard"


def test_webmail_that_puts_the_moment_first_quotes_all_the_same() -> None:
    old = "Passt Ihnen der vierte?"
    text = (
        "Lieber nicht.\n\nGesendet: Mittwoch, 17. Juni 2026 um 16:00 Uhr\n"
        f'Von: "Ida Holm" <ida@holm.example>\nAn: Ute Kern\nBetreff: Termin\n\n{old}'
    )
    zones = cut_zones(text)
    assert zones.new_text == "Lieber nicht."
    assert zones.quoted.endswith(old)


@pytest.mark.parametrize(
    "table",
    [
        "  Number   To:      From:\n  12       Oslo     Bergen\n",
        "    Ticket      To:   Oslo\n    Seats      cc: 12\n    Subject: none\n",
    ],
)
def test_a_table_is_no_header_in_two_columns(table: str) -> None:
    text = f"These are the tickets:\n\n{table}\nPlease check them."
    assert cut_zones(text).new_text.endswith("Please check them.")


def test_a_list_that_begins_with_what_was_sent_is_no_quotation() -> None:
    text = "Three heaps.\n\nSent: five boxes\nTo: be done tomorrow\nSubject: to change"
    assert cut_zones(text).new_text == text


BLOCK = "\n\nMilo Frey\nFrey Orchards Ltd\nT: 01482 555 010\n"


@pytest.mark.parametrize(
    "said",
    [
        "Perfect, thanks.",
        "Yes please, cheers.",
        "No, thank you.",
        "Agreed!",
        "Yes.",
        "Great, thanks",
        "Alles klar, danke.",
        "Passt, merci!",
        "Ja, gern.",
    ],
)
def test_a_short_answer_above_a_signature_is_not_part_of_it(said: str) -> None:
    assert cut_zones(said + BLOCK).new_text == said


@pytest.mark.parametrize(
    "first", ["Milo", "Milo Frey, Ph.D.", "Head of Orchards", "M. Frey, M.Sc."]
)
def test_a_signature_of_which_a_line_stands_apart_is_one(first: str) -> None:
    text = f"The pears are in the barn, help yourself to a crate.\n\n{first}{BLOCK}"
    assert "Orchards Ltd" not in cut_zones(text).new_text
    assert "555" not in cut_zones(text).new_text


def test_an_author_with_an_address_and_a_subject_are_headers() -> None:
    text = "Read this.\n\nFrom: dana@example.org\nSubject: soup\n\nTwice a week from now on."
    assert cut_zones(text).new_text == "Read this."


PROSE = (
    "By the way, could you send the plan before Friday, since the others wait for it\n"
    "as well? It need not be complete, and a sketch of the rooms would do for me and\n"
    "for everybody else who has asked about it since Monday."
)


@pytest.mark.parametrize(("block", "zone"), [(SIGNATURE, Zone.SIGNATURE), (LEGAL, Zone.FOOTER)])
def test_what_stands_apart_between_paragraphs_is_told_from_them(block: str, zone: Zone) -> None:
    text = f"The first part ends here.\n\n{block}\n\n{PROSE}"
    spans = [(text[span.start : span.stop], span.zone) for span in zone_spans(text)]
    assert spans == [
        ("The first part ends here.", Zone.PARAGRAPH),
        (block, zone),
        (PROSE, Zone.PARAGRAPH),
    ]
