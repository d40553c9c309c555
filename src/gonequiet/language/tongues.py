"""Which language a message is written in, from its most common words."""

from __future__ import annotations

from gonequiet.language.lexicon import Tongue

_ENGLISH = frozenset(
    [
        *("the", "and", "to", "of", "is", "you", "that", "it", "for", "we", "have", "this", "with"),
        *("are", "be", "will", "your", "as", "would", "please", "if", "from", "not", "can", "my"),
        *("i", "our", "what", "has", "thanks", "let", "me", "know", "there", "by", "do", "i'll"),
    ]
)
_GERMAN = frozenset(
    [
        *(
            "der",
            "die",
            "das",
            "und",
            "ist",
            "nicht",
            "ich",
            "sie",
            "wir",
            "zu",
            "den",
            "mit",
            "für",
        ),
        *(
            "ein",
            "eine",
            "auf",
            "dem",
            "von",
            "bitte",
            "haben",
            "auch",
            "noch",
            "uns",
            "mir",
            "wie",
        ),
        *("kann", "bei", "oder", "wenn", "danke", "ihnen", "am", "im", "es", "dass", "nach", "du"),
    ]
)
_OTHERS = frozenset(
    [
        *(
            "le",
            "la",
            "les",
            "des",
            "et",
            "est",
            "vous",
            "nous",
            "pour",
            "une",
            "que",
            "dans",
            "je",
        ),
        *(
            "el",
            "los",
            "las",
            "por",
            "para",
            "una",
            "con",
            "del",
            "usted",
            "gracias",
            "como",
            "está",
        ),
        *("il", "di", "che", "non", "per", "sono", "grazie", "het", "een", "van", "niet", "voor"),
        *("wij", "och", "att", "det", "som", "jeg", "não", "você", "uma", "obrigado", "merci"),
    ]
)
_MOST_WORDS = 200
_LEAST_SHARE = 0.06  # of the words are among the most common ones, in running text
_LONG_ENOUGH = 12


def find_tongue(text: str) -> Tongue:
    """The language of a text; a short one that gives no sign is taken for English."""
    words = [word.strip(".,;:!?()\"'") for word in text[:2_000].lower().split()[:_MOST_WORDS]]
    english = sum(map(_ENGLISH.__contains__, words))
    german = sum(map(_GERMAN.__contains__, words))
    others = sum(map(_OTHERS.__contains__, words))
    best = max(english, german, others)
    if best < _LEAST_SHARE * len(words) and len(words) >= _LONG_ENOUGH:
        return Tongue.OTHER if not text.isascii() else Tongue.ENGLISH
    if best == english:
        return Tongue.ENGLISH
    return Tongue.GERMAN if best == german else Tongue.OTHER
