"""Decoding: the code pages of the field, damage, binaries, lines."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scholiast.model import Trouble
from scholiast.readers.decoding import MOST_REPORTED, decode, line_at, line_starts

# Invented specimens.
RUSSIAN = (
    "Осенью 1949 года переговоры в Москве зашли в тупик. Министр не торопился: он дважды "
    "откладывал встречу, ссылаясь на занятость. Делегация жила на даче под городом и ждала. "
    "«Мы приехали не отдыхать», — записал переводчик. Лишь в январе, после телеграммы из Лондона, "
    "всё переменилось, и посол получил новые указания. Экземпляр № 2 протокола хранится в архиве "
    "(Ф. 82. Оп. 2. Д. 1247. Л. 14—16), первый же утрачен ещё при переезде. Юрист, готовивший "
    "проект, вспоминал позднее, что спорили о каждом слове: объём поставок, щебень и шпалы, цена "
    "угля, жильё для рабочих. Подписали соглашение ночью; утром делегация уехала, не дождавшись "
    "ужина, который был назначен."
)
UKRAINIAN = (
    "Восени 1949 року переговори зайшли в глухий кут. Міністр не поспішав: він двічі відкладав "
    "зустріч, посилаючись на зайнятість. Делегація жила на дачі й чекала; її члени писали листи."
)
CHINESE = (
    "一九四九年秋天，谈判在莫斯科陷入僵局。部长并不着急，两次推迟会见，理由是工作繁忙。代表团住在城外的别墅里等待。"
    "翻译在日记中写道：“我们不是来休息的。”直到一月，收到伦敦的电报以后，情况才发生变化，大使得到了新的指示。"
    "议定书第二份保存在档案馆（《外交部档案》，全宗号109，卷号102），第一份在搬迁时已经丢失。起草文件的法律顾问"
    "后来回忆说，双方争论了每一个字：供应的数量、煤的价格、铁路工人的住房。协定在夜里签订，代表团第二天早上就离开了，"
    "没有参加原定的宴会。这件事说明，两国关系中的许多问题，并不像后来的历史研究所描写的那样简单。"
)
TRADITIONAL = (
    "一九四九年秋天，談判在莫斯科陷入僵局。部長並不著急，兩次推遲會見，理由是工作繁忙。代表團住在城外的別墅裡等待。"
    "翻譯在日記中寫道：「我們不是來休息的。」直到一月，情況才發生變化，大使得到了新的指示。"
)
ENGLISH = (
    "The negotiator’s café bill – a naïve document – was paid in £ by M. Dupré; “No one,” he said, "
    "“remembers the Zürich meeting.”"
)
GERMAN = (
    "Die Gespräche über das Abkommen führten zu nichts; die Größe der Delegation überraschte auch "
    "die Gastgeber in Köln und Zürich."
)
POLISH = (
    "Rozmowy utknęły w martwym punkcie jesienią 1949 roku. Minister nie śpieszył się: dwukrotnie "
    "odkładał spotkanie, tłumacząc się zajęciami. Później wszystko się zmieniło."
)
MIXED = (
    "See G. Ivanov, “Переговоры в Москве,” Вопросы истории, no. 4 (1992): 12–15, and the reply in "
    "the same journal, which nobody has read carefully; compare also the diary."
)


def _names(data: bytes) -> list[str]:
    return [trouble.name for trouble in decode(data).troubles]


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "mac_cyrillic", "mac-cyrillic"),
        (RUSSIAN, "cp866", "ibm866"),
        (RUSSIAN.upper(), "cp1251", "windows-1251"),
        (RUSSIAN.upper(), "koi8-r", "koi8-r"),
        (UKRAINIAN, "cp1251", "windows-1251"),
        (UKRAINIAN, "koi8-u", "koi8-u"),
        (CHINESE, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (ENGLISH, "cp1252", "windows-1252"),
        (ENGLISH, "mac_roman", "macintosh"),
        (GERMAN, "cp1252", "windows-1252"),
        (POLISH, "cp1250", "windows-1250"),
        (MIXED, "cp1251", "windows-1251"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (RUSSIAN, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-32-be", "utf-32-be"),
        ("Он приехал в Пекин.", "cp1251", "windows-1251"),
        ("Он приехал в Пекин.", "koi8-r", "koi8-r"),
    ],
)
def test_code_pages_are_told_by_their_letters(text: str, codec: str, encoding: str) -> None:
    data = text.encode(codec, "ignore")
    decoded = decode(data)
    assert decoded.text == data.decode(codec)
    assert decoded.encoding == encoding
    assert decoded.troubles == (Trouble("encoding-guessed", encoding),)


@pytest.mark.parametrize("start", range(0, 300, 37))
@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "mac_cyrillic", "cp866", "iso8859-5"])
def test_three_hundred_russian_characters_are_enough(codec: str, start: int) -> None:
    data = RUSSIAN[start : start + 300].encode(codec, "ignore")
    assert decode(data).text == data.decode(codec)


@pytest.mark.parametrize("start", range(0, 200, 23))
def test_a_hundred_chinese_characters_are_enough(start: int) -> None:
    part = CHINESE[start : start + 100]
    assert decode(part.encode("gb18030")).text == part


def test_a_long_english_text_with_few_foreign_letters() -> None:
    text = "Nothing of note was said on that day, and no one wrote it down.\r\n" * 3000 + GERMAN
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("codec", "encoding"), [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-"), ("utf-32", "utf-32-")]
)
def test_byte_order_marks_are_no_text(codec: str, encoding: str) -> None:
    decoded = decode(MIXED.encode(codec))
    assert decoded.text == MIXED
    assert decoded.encoding.startswith(encoding)


def test_utf_8_is_not_guessed() -> None:
    for text in (RUSSIAN, CHINESE, ENGLISH, "plain"):
        assert decode(text.encode()).troubles == ()
        assert decode(text.encode()).encoding == "utf-8"


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    cut = "й".encode()[:1]
    data = RUSSIAN[:99].encode() + b"\xff\xfe\nnext line " + RUSSIAN[99:].encode() + cut
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    broken = [trouble for trouble in decoded.troubles if trouble.name == "damaged-characters"]
    assert [decoded.text[one.start : one.end].strip("\ufffd") for one in broken] == ["", ""]
    assert [one.line for one in broken] == [1, 2]
    assert broken[1].end == len(decoded.text)
    assert "encoding-guessed" not in _names(data)


def test_nul_and_control_characters_are_damage_with_a_place() -> None:
    decoded = decode(b"One\x00\x00 word.\nAnother\x07 word, and more of the text.")
    assert decoded.text.startswith("One\x00\x00 word")
    assert [(t.name, t.start, t.end, t.line) for t in decoded.troubles] == [
        ("damaged-characters", 3, 5, 1),
        ("damaged-characters", 19, 20, 2),
    ]


def test_a_file_padded_with_zeros_is_damaged_text() -> None:
    assert _names(b"The end of the text." + b"\x00" * 4096) == ["damaged-characters"]


def test_very_many_damaged_places_are_rolled_up() -> None:
    found = decode("слово \ufffd и ещё двадцать слов, которые целы; ".encode() * 2000).troubles
    assert len(found) == MOST_REPORTED + 1
    assert found[-1].detail == f"{2000 - MOST_REPORTED} more places"


def test_the_end_of_file_mark_of_dos_is_no_damage() -> None:
    assert decode(b"A line.\r\n\x1a").troubles == ()


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u3000".encode()]
)
def test_files_without_words_are_empty(data: bytes) -> None:
    assert _names(data)[-1] == "empty-file"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n1 0 obj\n<<>>", "a PDF file"),
        (b"\xef\xbb\xbf%PDF-1.4\n", "a PDF file"),
        (b"PK\x03\x04....word/document.xml", "rename it so that its name ends in .docx"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
        (b"PK\x03\x04whatever", "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "(.doc)"),
        (b"{\\rtf1\\ansi Hello}", "(.rtf)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x7fELF\x02\x01\x01\x00", "a program"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
        (b"\x00" * 500, "nothing in it but zeros"),
        (bytes(range(256)) * 40, "not a text file"),
        (bytes((i * i * 7 + i // 3) % 256 for i in range(9000)), "not a text file"),
    ],
)
def test_binaries_are_named_and_not_read(data: bytes, words: str) -> None:
    decoded = decode(data)
    assert decoded.text == ""
    assert [trouble.name for trouble in decoded.troubles] == ["unreadable-file"]
    assert words in decoded.troubles[0].detail


def test_lines_end_as_in_an_editor() -> None:
    text = "one\ntwo\r\nthree\rfour\u2028five\x0cstill five\u2029six"
    starts = line_starts(text)
    assert [line_at(starts, text.index(word)) for word in text.split()[:4]] == [1, 2, 3, 4]
    assert line_at(starts, text.index("still")) == 5
    assert line_at(starts, text.index("six")) == 6
    assert line_starts("") == [0]
    assert line_starts("a\n\nb") == [0, 2, 3]


def test_utf_8_needs_no_detector() -> None:
    code = (
        "import sys; from scholiast.readers.decoding import decode;"
        "decode('слово'.encode());"
        "names = 'charset_normalizer', 'scholiast.readers.codepages';"
        "sys.exit(any(name in sys.modules for name in names))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    decoded = decode(data)
    for trouble in decoded.troubles:
        assert 0 <= trouble.start <= trouble.end <= len(decoded.text)
    assert decode(data) == decoded


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=200))
def test_utf_8_is_kept_as_it_is(text: str) -> None:
    decoded = decode(("x" + text).encode())
    assert decoded.text == "x" + text
    assert decoded.encoding == "utf-8"
