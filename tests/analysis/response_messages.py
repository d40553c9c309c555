"""Made-up answers after a silence, each with the path it takes; written before the rules.

Every second one of each path and language was left unread until the rules stood (`HELD`): the
first-sight figures of docs/engagements.md are those.
"""

from __future__ import annotations

from typing import NamedTuple

from gonequiet.domain.response import Path
from gonequiet.language.lexicon import Tongue


class Told(NamedTuple):
    """One answer and its path.

    Attributes:
        question: the owner's message that waited.
        words: the new words of the answer.
        attached: names of what came with it.
        brought: people copied who were not there before.
        in_thread: it answers in the thread of the question.
    """

    path: Path
    tongue: Tongue
    question: str
    words: str
    attached: tuple[str, ...] = ()
    brought: int = 0
    in_thread: bool = True


_R, _D, _A, _N = Path.REAFFIRMED, Path.DETACHED, Path.AVOIDANT, Path.NONE
_EN, _DE = Tongue.ENGLISH, Tongue.GERMAN

TOLD = (
    # --- English, reaffirmed -------------------------------------------------------------------
    Told(
        _R,
        _EN,
        "Could you tell me whether the pilot starts in March?",
        "Apologies, the audit ate my month. The pilot starts on 9 March and Nora will meet you at "
        "the gate.",
    ),
    Told(
        _R,
        _EN,
        "Did you get a chance to look at the draft agreement?",
        "Marked up and attached, only three comments. If you can live with clause six I will sign "
        "on Thursday.",
        ("agreement-marked.docx",),
    ),
    Told(
        _R,
        _EN,
        "Which of the two sites shall we survey first?",
        "The Bristol site first, please. I have asked the caretaker to open the loading bay for "
        "you next Tuesday.",
    ),
    Told(
        _R,
        _EN,
        "Are you still interested in the training week, and how many people would come?",
        "Yes, very much. Fourteen people, all from the second shift. Can you do the week of 11 May?",
    ),
    Told(
        _R,
        _EN,
        "Could you send me the stock list for the review?",
        "Here it is at last, sorry to have kept you waiting. Shout if a column makes no sense.",
        ("stock-list.xlsx",),
    ),
    Told(
        _R,
        _EN,
        "Shall we keep the June slot for you?",
        "Please keep it. Our finance director Paul, copied, will raise the purchase order by Friday.",
        (),
        1,
    ),
    Told(
        _R,
        _EN,
        "Would half an hour on the fee be useful?",
        "It would. How about Wednesday at three? I'll call you.",
    ),
    Told(
        _R,
        _EN,
        "Has the board decided on the warehouse study?",
        "They approved it yesterday evening. You will have the signed order by the end of the week.",
    ),
    Told(
        _R,
        _EN,
        "Do you need anything from us before the tender closes?",
        "Two things: your insurance certificate and one reference. Send them by Monday and you are "
        "on the list.",
    ),
    Told(
        _R,
        _EN,
        "May I have your comments on the questionnaire?",
        "Comments are in the margin of the attached. Question 8 is leading; the rest is fine to go.",
        ("questionnaire-comments.pdf",),
    ),
    Told(
        _R,
        _EN,
        "When can we see the conveyor running?",
        "Any morning from the 20th. I have put you down for the 21st at nine, bring safety shoes.",
    ),
    Told(
        _R,
        _EN,
        "Could you introduce me to whoever runs procurement?",
        "Of course. Meet Sandra Hale, copied here, who runs procurement. Sandra, this is the person "
        "I told you about.",
        (),
        1,
    ),
    Told(
        _R,
        _EN,
        "Is the budget for the second phase confirmed?",
        "Confirmed this morning: 40,000, to be spent before December. Let's get the paperwork done.",
    ),
    Told(
        _R,
        _EN,
        "What throughput should the model assume?",
        "Use 1,200 cases an hour. Operations measured it twice last week.",
    ),
    Told(
        _R,
        _EN,
        "Could you confirm the dates for the site visits?",
        "Confirmed: 4 and 5 June. I was off sick, sorry for leaving you hanging.",
    ),
    Told(
        _R,
        _EN,
        "Will you speak at our supplier day?",
        "Gladly, count me in. I will send a title and two lines about it tomorrow.",
    ),
    Told(
        _R,
        _EN,
        "Where do we stand with the framework contract?",
        "Legal signed it off on Friday. It goes out by courier today, please return one copy.",
    ),
    Told(
        _R,
        _EN,
        "Can we bring the cost review forward?",
        "Yes, let's. The 15th works for me and for Ian. I'll book the small room.",
    ),
    Told(
        _R,
        _EN,
        "Do you want the short or the long report?",
        "The short one, and it should be ready for the management meeting on 2 July.",
    ),
    Told(
        _R,
        _EN,
        "Would you be able to join a call with the insurer?",
        "I can join on Monday after two or on Tuesday before noon. Please send an invitation to "
        "Fiona as well.",
    ),
    # --- English, detached ---------------------------------------------------------------------
    Told(
        _D,
        _EN,
        "Would you like to sponsor the panel again?",
        "How nice to hear from you! We are sitting this year out, but I will be cheering from the "
        "back row. Best of luck with it.",
    ),
    Told(
        _D,
        _EN,
        "Is there still a role for us in the roll-out?",
        "Thank you for your patience. We went with another firm in the end. It was a pleasure to "
        "work on the proposal with you.",
    ),
    Told(
        _D,
        _EN,
        "Shall we pick the joint study up again?",
        "I hope all is well with you and the family. I have changed departments, so the study is "
        "no longer mine. I wish you all the best with it.",
    ),
    Told(
        _D,
        _EN,
        "Do you want us to keep the offer open?",
        "That is very kind, but there is no need to keep it open for us. We have settled on doing "
        "it in house. Warm regards to your team.",
    ),
    Told(
        _D,
        _EN,
        "Could we meet when you are in town?",
        "Lovely idea as ever. This trip is packed and I am not taking on anything new this year. "
        "Take good care.",
    ),
    Told(
        _D,
        _EN,
        "Have you had time to consider the partnership?",
        "We have, and it is not for us, I am afraid. Your paper was the best we read. Good luck "
        "finding the right partner.",
    ),
    Told(
        _D,
        _EN,
        "Would you review the handbook for us?",
        "Thanks for thinking of me. I have stepped back from reviewing altogether. I am sure it "
        "will be a fine handbook.",
    ),
    Told(
        _D,
        _EN,
        "Are you planning another search with us?",
        "Great to see your name in my inbox. We are not hiring at all at present and have no plans "
        "to. Hope business is good with you.",
    ),
    Told(
        _D,
        _EN,
        "Do you have any further questions on the quotation?",
        "No further questions, thank you. The committee chose somebody closer to home. I enjoyed "
        "our conversations.",
    ),
    Told(
        _D,
        _EN,
        "Shall I put you down for the autumn course?",
        "Not this time, thanks for asking. Have a wonderful autumn!",
    ),
    Told(
        _D,
        _EN,
        "Does your team want to continue the newsletter with us?",
        "We will let it run out at the end of the contract. It served us well and we are grateful "
        "for it. All good wishes.",
    ),
    Told(
        _D,
        _EN,
        "Would the new plant be something for us to look at?",
        "Kind of you to ask! The new plant has its own people for that now. Do say hello if you "
        "are ever passing.",
    ),
    Told(
        _D,
        _EN,
        "Can I count on your data for the benchmark?",
        "Sorry, we have decided not to take part any more. It was always an interesting read. "
        "Wishing you a strong issue.",
    ),
    Told(
        _D,
        _EN,
        "Are you in for the joint bid?",
        "We will pass on this one. Thank you for the invitation, and fingers crossed for you.",
    ),
    Told(
        _D,
        _EN,
        "Could we talk about the licence renewal?",
        "Thanks for the note. We are not renewing. You have all been a delight to deal with.",
    ),
    Told(
        _D,
        _EN,
        "Is there anything new on the logistics audit?",
        "So good to hear from you. The audit was dropped when the group changed hands. I hope our "
        "paths cross again.",
    ),
    Told(
        _D,
        _EN,
        "What did the partners think of the idea?",
        "They liked it and said no. I am sorry it did not come to more. Enjoy the summer!",
    ),
    Told(
        _D,
        _EN,
        "Would you like a seat at the round table?",
        "You are very kind to remember me. I retired in spring and leave round tables to younger "
        "people now. Warmest wishes.",
    ),
    Told(
        _D,
        _EN,
        "Shall we go ahead with the second workshop?",
        "The first one gave us all we needed, so no second one is planned. Thanks again for a "
        "great day.",
    ),
    Told(
        _D,
        _EN,
        "Could you tell me if the seat on the board is still open?",
        "It was filled last month. I wanted you to hear it from me, with thanks for your interest.",
    ),
    # --- English, avoidant ---------------------------------------------------------------------
    Told(
        _A,
        _EN,
        "Is the order going ahead, yes or no?",
        "It is all a bit fluid at the moment. Let's see how things shape up and talk when the dust "
        "settles.",
    ),
    Told(
        _A,
        _EN,
        "Could you tell me which day suits you?",
        "Crazy times here. I'll get back to you on this at some point, promise!",
    ),
    Told(
        _A,
        _EN,
        "What is the budget for the study?",
        "Budgets are a moving target. It would depend on a number of factors. We should definitely "
        "have a chat about it sometime.",
    ),
    Told(
        _A,
        _EN,
        "Who decides on the contract, and by when?",
        "There are quite a few people who might want a say. Still early days. More on this later, "
        "hopefully.",
    ),
    Told(
        _A,
        _EN,
        "May I have your comments on the draft?",
        "I have not forgotten you! Things are hectic, but it is on my list and I hope to look at it "
        "soon.",
    ),
    Told(
        _A,
        _EN,
        "Do you want to go on with the second phase?",
        "In principle there may be some appetite. I would not rule it out. Let me think about it "
        "and circle back.",
    ),
    Told(
        _A,
        _EN,
        "When will the purchase order come?",
        "It is somewhere in the system, as far as I know. These things take time. Bear with us.",
    ),
    Told(
        _A,
        _EN,
        "Have the terms been approved?",
        "More or less, subject to a few conversations. We are nearly there, I think. Let's touch "
        "base after the holidays.",
    ),
    Told(
        _A,
        _EN,
        "Which of the three options do you prefer?",
        "They all have something going for them, to be honest. Perhaps we could revisit this when "
        "the new director has settled in.",
    ),
    Told(
        _A,
        _EN,
        "Could you send the figures you promised?",
        "You are so right to ask. They are basically ready, it is just that one or two colleagues "
        "may want another look. Watch this space!",
    ),
    Told(
        _A,
        _EN,
        "Is your company still interested in the pilot?",
        "Interest is certainly there, it is more a question of timing. Not right now, maybe later "
        "in the year if circumstances allow.",
    ),
    Told(
        _A,
        _EN,
        "Shall we fix a date for the review?",
        "Dates are tricky, my calendar is a nightmare. Let us leave it open for now and see.",
    ),
    Told(
        _A,
        _EN,
        "Did the committee discuss our proposal?",
        "It came up briefly, I believe. Nothing definite either way. I would give it some more time.",
    ),
    Told(
        _A,
        _EN,
        "What would you need from us to decide?",
        "Hard to say. We are probably going to look at the whole topic from a different angle at "
        "some stage.",
    ),
    Told(
        _A,
        _EN,
        "Can you confirm the fee?",
        "I would rather not commit to a number yet. We could possibly find some arrangement. Let's "
        "catch up soon over a coffee.",
    ),
    Told(
        _A,
        _EN,
        "Do you still plan to visit us in May?",
        "May is up in the air. There is a lot going on here, as you can imagine. Will keep you "
        "posted.",
    ),
    Told(
        _A,
        _EN,
        "Could you let me know if the sample was all right?",
        "Ah yes, the sample. I have been meaning to write. We are still sort of discussing it "
        "internally.",
    ),
    Told(
        _A,
        _EN,
        "Will you sign the renewal this month?",
        "We are snowed under right now, so it may slip a little. Let's pick it up again once things "
        "calm down.",
    ),
    Told(
        _A,
        _EN,
        "Is Anna or Peter our contact from now on?",
        "That is a good question! It is being looked at as part of a wider reshuffle. We will see.",
    ),
    Told(
        _A,
        _EN,
        "Have you read the concept, and what do you think?",
        "Skimmed it, looks super interesting! Need to digest it properly when I get a minute.",
    ),
    # --- English, none of these ----------------------------------------------------------------
    Told(
        _N,
        _EN,
        "Could you send the stock list for the review?",
        "The car park at the north gate is closed on Monday. Please use the one by the river.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Which day suits you for the debrief?",
        "For your information, our office moves to the third floor. The telephone numbers stay.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Have you decided on the licence?",
        "Photos from the summer party are attached. You are in the second one, behind the cake.",
        ("party-1.jpg", "party-2.jpg"),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "What did the lawyers say about clause four?",
        "Our new price list is attached and holds from 1 July.",
        ("price-list.pdf",),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Can we use your survey results?",
        "Could you recommend a good dentist in Leeds? My daughter has moved there.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Will the retrofit be done in autumn?",
        "Merry Christmas and a happy new year to you and yours!",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Who signs for the depot?",
        "Please find attached invoice 3381 for April, due within thirty days.",
        ("invoice-3381.pdf",),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Is the training room free on the 12th?",
        "Congratulations on the award! We raised a glass to you in the canteen.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Could you look over the press release?",
        "I am writing to tell everybody that the audit tool will be down on Saturday night.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Do you agree with the measurement plan?",
        "The minutes of the association's annual meeting are out. Item five may amuse you.",
        ("minutes.pdf",),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "When does the second shift start testing?",
        "Has anybody found a grey scarf after the dinner on Thursday?",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Shall we renew the maintenance contract?",
        "Here is the article on robots that I mentioned at lunch. Page three is the good one.",
        ("robots.pdf",),
        0,
        False,
    ),
    # --- German, reaffirmed --------------------------------------------------------------------
    Told(
        _R,
        _DE,
        "Können Sie mir die Freigabe bis Ende der Woche geben?",
        "entschuldigen Sie die lange Pause, ich war auf Reisen. Die Freigabe ist erteilt, das "
        "Protokoll schicke ich Ihnen am Donnerstag.",
    ),
    Told(
        _R,
        _DE,
        "Welcher Standort soll zuerst geprüft werden?",
        "Kassel zuerst, dann Fulda. Am 14. Mai erwartet Sie Herr Lenz um neun am Tor.",
    ),
    Told(
        _R,
        _DE,
        "Haben Sie unser Angebot schon prüfen können?",
        "ja, und wir nehmen es an. Der unterschriebene Vertrag liegt bei.",
        ("vertrag-unterschrieben.pdf",),
    ),
    Told(
        _R,
        _DE,
        "Könnten Sie mir die Bestandsliste schicken?",
        "anbei die Liste, Stand gestern. Bei Spalte F bitte aufpassen, das sind Paletten.",
        ("bestandsliste.xlsx",),
    ),
    Told(
        _R,
        _DE,
        "Wer entscheidet bei Ihnen über den Auftrag?",
        "Frau Stein entscheidet, ich habe sie in Kopie genommen. Sie ruft Sie morgen an.",
        (),
        1,
    ),
    Told(
        _R,
        _DE,
        "Passt Ihnen ein Gespräch in der nächsten Woche?",
        "gern, Dienstag um elf würde mir passen. Ich reserviere den Raum.",
    ),
    Told(
        _R,
        _DE,
        "Ist die zweite Stufe inzwischen bewilligt?",
        "sie ist bewilligt, seit gestern. Wir beginnen am 1. September, die Bestellung kommt bis "
        "Freitag.",
    ),
    Told(
        _R,
        _DE,
        "Wie viele Teilnehmer dürfen wir einplanen?",
        "zwölf Teilnehmer, davon drei aus dem Lager. Die Namen sende ich Ihnen bis Mittwoch.",
    ),
    Told(
        _R,
        _DE,
        "Möchten Sie den Termin im Juni behalten?",
        "unbedingt. Bitte tragen Sie uns für den 18. Juni ein, wir kommen zu dritt.",
    ),
    Told(
        _R,
        _DE,
        "Dürfen wir mit der Zählung anfangen?",
        "ja, ab Montag. Der Schlüssel liegt an der Pforte, Herr Busch weiß Bescheid.",
    ),
    # --- German, detached ----------------------------------------------------------------------
    Told(
        _D,
        _DE,
        "Hätten Sie Interesse an einer Fortsetzung?",
        "wie schön, von Ihnen zu hören! Wir haben uns inzwischen für ein anderes Haus entschieden. "
        "Ich wünsche Ihnen alles Gute.",
    ),
    Told(
        _D,
        _DE,
        "Sind Sie beim Arbeitskreis wieder dabei?",
        "vielen Dank für die freundliche Einladung. Dieses Jahr setzen wir aus. Gutes Gelingen und "
        "herzliche Grüße an alle.",
    ),
    Told(
        _D,
        _DE,
        "Wollen wir die Studie noch einmal gemeinsam machen?",
        "ich denke gern daran zurück. Das Thema liegt nicht mehr bei mir, und mein Nachfolger macht "
        "es mit eigenen Leuten. Alles Gute für Sie.",
    ),
    Told(
        _D,
        _DE,
        "Sollen wir das Angebot verlängern?",
        "das ist nett von Ihnen, aber nicht nötig. Wir machen es jetzt selbst. Die Zusammenarbeit "
        "war immer angenehm.",
    ),
    Told(
        _D,
        _DE,
        "Dürfen wir im Herbst wieder mit Ihnen rechnen?",
        "leider nein, wir steigen aus. Haben Sie Dank für die schönen Jahre.",
    ),
    Told(
        _D,
        _DE,
        "Gibt es Neues zu der Stelle?",
        "die Stelle ist seit März besetzt. Danke für Ihr Interesse und viel Erfolg weiterhin.",
    ),
    Told(
        _D,
        _DE,
        "Möchten Sie einen Platz im Seminar?",
        "danke, dass Sie an mich denken. Für mich ist es diesmal nichts. Einen schönen Sommer "
        "wünsche ich Ihnen.",
    ),
    Told(
        _D,
        _DE,
        "Nehmen Sie am gemeinsamen Gebot teil?",
        "wir verzichten dieses Mal. Ihnen drücke ich die Daumen!",
    ),
    Told(
        _D,
        _DE,
        "Wie hat Ihr Vorstand entschieden?",
        "der Vorstand hat sich dagegen ausgesprochen. Es tut mir leid, Ihre Unterlagen waren "
        "vorbildlich.",
    ),
    Told(
        _D,
        _DE,
        "Könnten wir über die Lizenz sprechen?",
        "wir werden die Lizenz nicht verlängern. Es war eine gute Zeit mit Ihnen, vielen Dank.",
    ),
    # --- German, avoidant ----------------------------------------------------------------------
    Told(
        _A,
        _DE,
        "Geben Sie das Projekt frei?",
        "das ist gerade alles ein wenig im Fluss. Ich melde mich, sobald sich der Nebel lichtet.",
    ),
    Told(
        _A,
        _DE,
        "Wann kommt die Bestellung?",
        "im Moment ist es hier sehr turbulent. Irgendwann im Laufe des Quartals vielleicht, "
        "versprechen kann ich nichts.",
    ),
    Told(
        _A,
        _DE,
        "Welche Variante bevorzugen Sie?",
        "grundsätzlich haben alle ihren Reiz. Da müssten wir intern wohl noch einmal schauen.",
    ),
    Told(
        _A,
        _DE,
        "Haben Sie den Entwurf gelesen?",
        "ich bin leider noch nicht dazu gekommen, es ist viel los. Steht aber auf meiner Liste!",
    ),
    Told(
        _A,
        _DE,
        "Wer entscheidet, und bis wann?",
        "das lässt sich so nicht sagen, da reden eventuell mehrere mit. Wir kommen zu gegebener "
        "Zeit auf Sie zu.",
    ),
    Told(
        _A,
        _DE,
        "Können wir einen Termin vereinbaren?",
        "Termine sind bei mir momentan schwierig. Lassen Sie uns nach den Ferien noch einmal darüber "
        "reden.",
    ),
    Told(
        _A,
        _DE,
        "Wie hoch ist das Budget?",
        "das hängt von vielen Dingen ab und ist noch nicht so weit. Wir sollten bei Gelegenheit "
        "telefonieren.",
    ),
    Told(
        _A,
        _DE,
        "Besteht noch Interesse an der Studie?",
        "Interesse ist durchaus da, es ist eher eine Frage des Zeitpunkts. Vielleicht ergibt sich "
        "später etwas.",
    ),
    Told(
        _A,
        _DE,
        "Schicken Sie uns die Zahlen noch?",
        "die Zahlen sind im Grunde fertig, es möchte nur noch der eine oder andere draufschauen. "
        "Haben Sie bitte etwas Geduld.",
    ),
    Told(
        _A,
        _DE,
        "Ist der Vertrag genehmigt?",
        "es sieht im Prinzip ganz gut aus, denke ich. Genaueres kann ich derzeit noch nicht sagen.",
    ),
    # --- German, none of these -----------------------------------------------------------------
    Told(
        _N,
        _DE,
        "Welcher Tag passt Ihnen für die Abnahme?",
        "zur Kenntnis: die Zufahrt über die Hafenstraße ist bis Ende des Monats gesperrt.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _DE,
        "Haben Sie den Vertrag geprüft?",
        "frohe Weihnachten und einen guten Rutsch ins neue Jahr!",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _DE,
        "Können wir Ihre Daten verwenden?",
        "anbei die neue Preisliste, gültig ab Januar.",
        ("preisliste.pdf",),
        0,
        False,
    ),
    Told(
        _N,
        _DE,
        "Kommt der Prüfer noch im Mai?",
        "kennen Sie zufällig einen guten Fotografen in Hamburg? Wir suchen jemanden für das Jubiläum.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _DE,
        "Wie viele Paletten sind es am Tag?",
        "herzlichen Glückwunsch zum Jubiläum, fünfzehn Jahre sind eine stolze Zahl!",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _DE,
        "Wer übernimmt die Schulung?",
        "im Anhang finden Sie die Rechnung 4417 für den April.",
        ("rechnung-4417.pdf",),
        0,
        False,
    ),
    # --- none of these, in the thread ------------------------------------------------------------
    Told(
        _N,
        _EN,
        "Could you confirm the fee for the second day?",
        "I think this was meant for somebody else; I have never dealt with fees.",
    ),
    Told(
        _N,
        _EN,
        "Which vendor did you choose?",
        "Your message landed in my junk folder, so I only see it today. Please use my other "
        "address from now on: k.lowe@example.org.",
    ),
    Told(
        _N,
        _EN,
        "Has the insurer agreed to the wording?",
        "By the way, thank you for the lovely card. It stands on the piano.",
    ),
    Told(
        _N,
        _EN,
        "Do you want the cells moved before the open day?",
        "Received.",
    ),
    Told(
        _N,
        _EN,
        "Could you name the two buyers for wave one?",
        "Looking at the attached badge list, is your first name spelt with a C or a K?",
    ),
    Told(
        _N,
        _EN,
        "Is the mezzanine part of the inspection?",
        "Happy birthday, and many happy returns!",
    ),
    Told(
        _N,
        _DE,
        "Welche Maschine wird zuerst umgebaut?",
        "Ihre Nachricht ist angekommen.",
    ),
    Told(
        _N,
        _DE,
        "Können Sie mir die beiden Namen nennen?",
        "diese Nachricht war wohl für einen Kollegen bestimmt, ich habe mit dem Umbau nichts zu tun.",
    ),
    Told(
        _N,
        _DE,
        "Haben Sie sich für eine Farbe entschieden?",
        "übrigens lag Ihre Tasse noch bei uns, sie steht am Empfang.",
    ),
    Told(
        _N,
        _DE,
        "Ist die Rechnung bei Ihnen angekommen?",
        "alles Gute zum Geburtstag und einen sonnigen Tag!",
    ),
    Told(
        _N,
        _EN,
        "Would the 9th be a good day for the audit?",
        "We have a new logo. Please use it from now on, it is attached in three sizes.",
        ("logo.zip",),
        0,
        False,
    ),
    Told(
        _N,
        _EN,
        "Who may open the data room for us?",
        "Thank you for joining our webinar. The slides are on our website.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _DE,
        "Wann dürfen unsere Leute in die Halle?",
        "ab sofort gilt in der Kantine die neue Karte, auch für Gäste.",
        (),
        0,
        False,
    ),
    Told(
        _N,
        _DE,
        "Wer unterschreibt für Ihr Haus?",
        "hier das Foto vom Richtfest, Sie stehen ganz links.",
        ("richtfest.jpg",),
        0,
        False,
    ),
)

READ = TOLD[0::2]
"""Looked at while the rules were written."""

HELD = TOLD[1::2]
"""Left alone until the rules stood."""
