"""Half pages in three languages, printed, worn by script and recognised by tesseract.

All texts here are invented specimens.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import pytest
from tools import pdf
from tools.manuscript import parse
from tools.scan import WEARS, scan

from scholiast.config import Settings
from scholiast.engine import check
from scholiast.model import Document, Source
from scholiast.readers.md import read as read_markdown

ENGLISH = """# The Lamp at the Ford

The lamp was lit every evening by a woman who had not been asked to do it.[^1] Nobody paid
her, and nobody thanked her until the year in which it went out.[^2] The report of the
inspector says that there never was a lamp.[^3]

[^1]: Ada Halloran, A River Without Maps (Northmoor, 2011), 14.

[^2]: Halloran, A River Without Maps, 90.

[^3]: Report of the inspector, 4 May 1931, in the archive of the ford.
"""

RUSSIAN = """# Фонарь у брода

Фонарь зажигала каждый вечер женщина, которую никто об этом не просил[^1]. Ей никто не платил и
никто не говорил спасибо до того года, когда он погас[^2]. В отчете смотрителя сказано, что
никакого фонаря не было[^3].

[^1]: Заречная Н. В. Река без карт. Иркутск, 2011. С. 14.

[^2]: Halloran A. A River Without Maps. Northmoor, 2011. P. 90.

[^3]: Отчет смотрителя от 4 мая 1931 г. Л. 12.
"""

CHINESE = """# 渡口的灯

每天傍晚点灯的是一位没有人请她来的妇女。[^①]没有人给她工钱，也没有人向她道谢，直到灯灭的那一年。[^②]视察员的报告说，渡口从来没有灯。[^③]

[^①]: 任少庭：《没有地图的河》，沈阳：松江出版社2011年版，第14页。

[^②]: 任少庭：《没有地图的河》，第90页。

[^③]: 视察员报告，1931年5月4日，第12页。
"""

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


def share(right: Document, given: Document) -> float:
    """Return the share of the words that are right, in order."""
    one, other = _WORD.findall(right.text), _WORD.findall(given.text)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(one)


@pytest.mark.parametrize(
    ("text", "language", "wear"),
    [(ENGLISH, "en", "medium"), (RUSSIAN, "ru", "light"), (CHINESE, "zh", "light")],
    ids=["english", "russian", "chinese"],
)
def test_a_worn_page_is_read_with_its_notes(text: str, language: str, wear: str) -> None:
    right = read_markdown(Source("page.md", text.encode()), Settings()).document
    picture = scan(pdf.write(parse(text)), WEARS[wear], seed=5)
    outcome = check([Source("page.pdf", picture)], Settings(ocr=True))
    given = outcome.case.documents["page.pdf"].document
    assert given.language == language
    assert share(right, given) >= 0.95
    notes = given.of_kind("note")
    assert [(note.number, bool(note.link)) for note in notes] == [(1, True), (2, True), (3, True)]
    assert [callout.number for callout in given.of_kind("callout")] == [1, 2, 3]
    words = [one for one in given.segments if one.role == "text" and one.end > one.start]
    assert all(0 <= one.confidence < 1 and one.source == one.source_end == 0 for one in words)
    assert all(one.box for one in words)
    assert [one.code for one in outcome.findings if one.certainty == "certain"] == []
