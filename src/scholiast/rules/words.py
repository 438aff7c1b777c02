"""Words that ran together because a blank was lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scholiast.case import Annotated
from scholiast.model import Certainty
from scholiast.rule import Hit, Rule, Span, rule
from scholiast.rules.language import language_of
from scholiast.rules.lost_blanks import glued_places
from scholiast.rules.wording import quoted

#: An extracted text with more glued words than this has lost its blanks: one finding.
COPY_DAMAGE: Final = 12


@rule(
    "DOC009",
    since="0.1",
    bad=[
        "The soldiers read the treaty. ⟦SoldiersRead⟧ was the heading; the soldiers read it.\n",
        "On ⟦page19⟧ the author says so, and he signed in ⟦October1956⟧.\n",
        "He wrote Ada ⟦Halloran:The⟧ Quiet Life, and so it came to an ⟦end.The⟧ life was long.\n",
        "He came and left ⟦theTransylvanian⟧ town in the ⟦rain,and⟧ it was quiet.\n",
        "Договор подписали ⟦весной,но⟧ никто не возражал; это ⟦конец.Никто⟧ не ответил.\n",
        "Die Gesandten kamen nach Brünn, ⟦doch,die⟧ Gesandten blieben nicht.\n",
        "The treaty was read by ⟦theenvoys⟧. The envoys left, and the envoys wrote.\n",
    ],
    good=[
        "McDonald, LaFeber and DeWitt read HarperCollins and EastBridge on an iPhone.\n",
        "See https://example.org/TheQuietTreaty/page19.html:The and doi:10.1000/AbcDef,x.\n",
        "In Washington, D.C., he read 2:4 and 3/7, at 10:30, cf. J.F.Halloran, i.e. U.S.Army.\n",
        "St.Petersburg, vol.4, ZhongSu, the A4, B52, MI5, the 1950s, the 20th and (non)support.\n",
        "A name:sub id; Bürger:innen, BürgerInnen, die GmbH; a PhD of the GmbH.\n",
        "Therefore the theory of another island within England cannot behave; husbands do.\n",
        "Т.е. в 1923 г. МосФильм и А.С.Пушкин; и т.д.\n",
    ],
)
def glued_words(text: Annotated) -> Iterator[Hit]:
    """Two words are divided by a blank.

    ## Why it matters

    A word that swallowed its neighbour is found by no search and no index.

    ## What it checks

    A capital inside a word (“SovietsReexamine”), a number that touches a word before it
    (“page19”, “October1956”), a comma, colon, semicolon or full stop without a blank after it, and
    two words run together of which one is short and both stand alone elsewhere in the text
    (“theenvoys”). The text's own words decide: certain where both parts are words of it.
    Addresses, abbreviations, initials, names such as McDonald or HarperCollins, and a text's own
    habit are left alone. Where an extracted text has many, they are one finding.

    ## Known gaps

    Names with a capital inside that no table knows may be shown as “likely”. Two long words run
    together in small letters are not recognised. Chinese and Japanese are not looked at.
    """
    typed = text.document.format in ("txt", "")
    places = glued_places(text.text, language_of(text.document), typed=typed)
    found = sorted(places, key=lambda glued: (glued.start, glued.end))
    callouts = {node.start for node in text.document.of_kind("callout")}
    lost = {node.label for node in text.document.of_kind("note") if typed and not node.link}
    found = [
        glued
        for glued in found
        if glued.at not in callouts and text.text[glued.at : glued.end] not in lost
    ]
    found = [g for n, g in enumerate(found) if n == 0 or g.start >= found[n - 1].end]
    if text.document.extracted and len(found) > COPY_DAMAGE:
        first, *others = found
        words = quoted(text.text[first.start : first.end])
        yield Hit(
            first.start,
            first.end,
            f"Blanks are lost in {len(found)} places, first in {words}.",
            "Is there a copy of the text in which these words are divided?",
            also=tuple(Span(glued.start, glued.end) for glued in others),
            certainty=None if sum(g.sure for g in found) * 2 > len(found) else Certainty.LIKELY,
        )
        return
    for glued in found:
        words = text.text[glued.start : glued.end]
        divided = f"{text.text[glued.start : glued.at]} {text.text[glued.at : glued.end]}"
        yield Hit(
            glued.start,
            glued.end,
            f"A blank seems to be missing in {quoted(words)}.",
            f"Is {quoted(divided)} meant?",
            certainty=None if glued.sure else Certainty.LIKELY,
        )


RULES: Final[tuple[Rule, ...]] = (glued_words,)
