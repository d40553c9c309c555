"""Last messages of made-up threads, and whether a careful person would wait for an answer.

Written and labelled before the reader was tried on them. The even ones of each kind were looked at
while the rules were made; the odd ones were kept aside and scored once.
"""

from __future__ import annotations

from typing import NamedTuple


class LastMessage(NamedTuple):
    """A message that ends a thread.

    Attributes:
        kind: what a person would call it.
        text: its new words.
        expects: whether an answer is to be expected.
        subject: its subject line.
        attached: whether a file came with it.
    """

    kind: str
    text: str
    expects: bool
    subject: str = "Re: pilot"
    attached: bool = False


def _messages(kind: str, *texts: str, expects: bool, attached: bool = False) -> list[LastMessage]:
    return [LastMessage(kind, text, expects, attached=attached) for text in texts]


MESSAGES: list[LastMessage] = [
    *_messages(
        "thanks",
        "Thanks so much, this is exactly what we needed.\n\nOmar",
        "Perfect, thank you! Will take it from here.",
        "Many thanks for sending this over so quickly, Dana. Really appreciated.",
        "Got it, thanks.",
        "Thank you both for your time today, it was a pleasure to meet the team.\n\nBest,\nPriya",
        "Brilliant. Thanks again for all your help with this, and could not have done it"
        " without you!",
        "Vielen Dank für die schnelle Antwort, das hilft uns sehr.\n\nViele Grüße\nJonas",
        "Thanks for the heads up, I appreciate you letting me know.",
        "Thx!",
        "Danke dir, hab alles bekommen.",
        expects=False,
    ),
    *_messages(
        "fyi",
        "FYI, the server was moved over the weekend. No action needed.",
        "For your information: invoices now go out on the first of the month.",
        "Just so you know, I'm out on Monday but back on Tuesday.",
        "Quick update: we shipped the second batch this morning, tracking says Wednesday.",
        "Heads up that parking at the venue is limited, the tram is easier.",
        "Nur zur Info: der Aufzug ist bis Donnerstag außer Betrieb.",
        "No need to reply, I only wanted you to have the background before the call.",
        "For the record, we agreed on 40 seats and a start in May. I have filed it under the"
        " pilot.",
        "The board met yesterday and approved the budget as expected. I'll keep you posted.",
        expects=False,
    ),
    *_messages(
        "share_only",
        "Thought you might enjoy this article on harbour logistics:"
        " https://news.example/harbour?id=7",
        "Here are the photos from Thursday, some good ones of the workshop in there.",
        "Sharing the notes from our call below.\n\n- pilot in May\n- two sites\n- Priya owns"
        " the rollout",
        "As promised, the slides from the talk. Enjoy the weekend!",
        "Anbei wie besprochen die Unterlagen für Ihre Ablage.",
        "Saw this and thought of you: https://blog.example/slow-mail",
        "Attached are the minutes for your records.",
        "Please find attached the signed copy for your files.",
        "Here is the recording, in case anybody missed the session.",
        expects=False,
        attached=True,
    ),
    *_messages(
        "decline",
        "Thanks for thinking of us, but we have decided to go with another supplier this year.",
        "Unfortunately I won't be able to make it on the 14th. Have a great event!",
        "I'm afraid this isn't a good fit for us at the moment. Wishing you all the best with it.",
        "We discussed it at length and have to pass this time.",
        "Sadly I must decline, my calendar is full until June.",
        "Leider müssen wir absagen, das Budget ist für dieses Jahr vergeben.",
        "No thanks, we are all set.",
        "After careful consideration we will not be moving forward with the proposal.",
        expects=False,
    ),
    *_messages(
        "confirmation",
        "Confirmed, see you on Tuesday at ten.",
        "Yes, that works for us. Go ahead with the second option.",
        "Received, all complete.",
        "I can confirm that the payment went out this morning.",
        "Agreed. We'll proceed on that basis.",
        "Passt, der Raum ist für 14 Uhr gebucht.",
        "Approved from our side.",
        "Yes, the figures in the second table are the right ones.",
        "Your registration for the June workshop is confirmed. Doors open at nine.",
        expects=False,
    ),
    *_messages(
        "scheduling_settled",
        "Great, Thursday at 3 pm it is. I've sent the invite.",
        "Tuesday works. See you then!",
        "Perfect, talk to you on Monday at eleven.",
        "Wednesday at noon is fine with me, I will come to your office.",
        "Super, dann bis Freitag um zehn bei Ihnen.",
        "OK, moved to the 21st, same room. Looking forward to it.",
        "Sounds good, I'll call you at four then.",
        "Lunch on Friday it is. I booked a table for 12:30 at the place by the river.",
        expects=False,
    ),
    *_messages(
        "pleasantry",
        "Have a wonderful holiday and see you in the new year!",
        "You too! Enjoy the time off.",
        "Congratulations on the new role, very well deserved.",
        "Glad to hear it. Let me know if you need anything else.",
        "My pleasure. If you have any questions, please do not hesitate to call.",
        "No problem at all, happy to help anytime.",
        "Haha, isn't that always the way?",
        "Schönes Wochenende und gute Reise!",
        "Hope all is well. Keep up the great work!",
        expects=False,
    ),
    *_messages(
        "question",
        "Did the contract reach you?",
        "Hi Dana,\n\nwhich of the two sites would you start with, and who would lead it"
        " there?\n\nOmar",
        "I went through the numbers again. Is the 4 percent before or after the discount?",
        "Any news on the budget?",
        "Thanks for the draft. One thing I did not understand: why are there two start dates?",
        "Haben Sie schon eine Rückmeldung vom Einkauf?",
        "Just checking in on this, where do things stand on your side?",
        "What would it take to have this live by June?",
        "Good call yesterday. I forgot to ask, do you already work with a logistics partner",
        "Are you still interested in the pilot? We would need to order the units by the end of"
        " March.",
        expects=True,
    ),
    *_messages(
        "request",
        "Could you send me the signed copy by Friday?",
        "Please let me know which of the dates suits you best.",
        "Hi Priya,\n\nwe need your bank details to pay the invoice.\n\nThanks,\nJonas",
        "I'd appreciate your feedback on section three before we go to the board.",
        "Can you loop in whoever looks after security? We would like to get that started.",
        "Würden Sie mir bitte kurz bestätigen, dass die Unterlagen angekommen sind?",
        "Kindly confirm receipt and advise on next steps.",
        "When you get a chance, send over the list of attendees.",
        "It would be great if you could introduce me to your colleague in Lyon.",
        "Please review and revert with comments at your earliest convenience.",
        "Gib mir bitte Bescheid, ob ihr noch jemanden mitbringt.",
        "Just following up on my note from last week. I look forward to hearing from you.",
        expects=True,
    ),
    *_messages(
        "proposal",
        "How about we start with one site in May and add the second in July?",
        "I suggest we meet for an hour next week to settle the open points. Tuesday or"
        " Thursday, either"
        " is fine with me.",
        "We could offer you the first three months at half price if you sign before April.",
        "Shall we say Monday at nine?",
        "Would the 12th or the 13th be convenient for a call?",
        "Wie wäre es mit einem kurzen Telefonat am Mittwoch?",
        "Let's do a short call on Thursday to get this moving. Does 2 pm work?",
        "My proposal: you keep the old terms until the summer and we review them together in"
        " August.",
        "I have attached our offer for the rollout. We would be delighted to work with you on"
        " this.",
        expects=True,
    ),
    *_messages(
        "invitation",
        "We are having a small dinner for partners on 4 June and would love to have you there.",
        "You are invited to our open day on the 18th. Please RSVP by the end of the month.",
        "Would you like to join us for the site visit in Bergen?",
        "I'd like to invite you to speak at our spring meeting.",
        "Wir möchten Sie herzlich zu unserem Sommerfest am 12. Juli einladen.",
        "A few of us are meeting for lunch on Friday, want to come along?",
        "We would be honoured if you joined the panel on 9 May.",
        "Are you free for a coffee when you are in town next week?",
        expects=True,
    ),
    *_messages(
        "attached_draft",
        "Attached is the draft agreement for your review.",
        "Here is the first draft of the proposal. Looking forward to your comments.",
        "Please find attached the revised contract with our changes marked. Happy to discuss.",
        "I've put together a draft of the joint announcement, see attached. Let me know what"
        " you think.",
        "Anbei der Entwurf des Vertrags zur Durchsicht.",
        "Attached please find the MOU for your signature.",
        "Version 3 attached, with the liability clause as discussed. Please mark up anything"
        " that still"
        " worries you.",
        "Enclosed is the quote you asked for, valid until the end of the month. We await your"
        " decision.",
        expects=True,
        attached=True,
    ),
    *_messages(
        "two_questions_one_answered",
        "Yes, May works for the start. Do you want us to train both teams or only the first?",
        "The price includes shipping, yes. I am still missing your answer on the payment terms"
        " though.",
        "We have 40 people on the first site. How many licences did you plan for?",
        "Thanks, that settles the venue. And who is going to handle the catering?",
        "Der Preis passt. Offen ist noch, wann Sie liefern können?",
        "OK on the scope. What about the second point in my mail, the exit clause?",
        expects=True,
    ),
    *_messages(
        "answer",
        "The 4 percent is after the discount.",
        "It's Marta you want to talk to, her number is in the footer.",
        "We use the tram, it takes about ten minutes from the station.",
        "There are two start dates because the second site opens later. I have added a note to the"
        " draft.",
        "I'll send the signed copy tomorrow.",
        "Will do, you'll have it by Friday.",
        "Let me check with legal and get back to you next week.",
        "Die Lieferung kommt am Dienstag, ich kümmere mich darum.",
        expects=False,
    ),
]
