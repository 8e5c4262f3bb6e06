"""Reading articles: every form of input, every encoding, and what goes wrong with them."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from svyaz.decoding import decode, is_encoding
from svyaz.sources import Failure, Item, Notice, Options, count, is_single, read

TEXT = "Министр иностранных дел Сергей Лавров встретился с Ван И в Пекине.\r\nСтороны обсудили торговлю.\n"
DAY = datetime.date(2024, 1, 15)
PAGE = """<html><head>{meta}<title>Лавров встретился с Ван И</title>
<meta property="article:published_time" content="2024-01-12T10:00:00+03:00">
<link rel="canonical" href="https://news.example/a/1"></head>
<body><nav>Меню Спорт Погода</nav><article><h1>Лавров встретился с Ван И</h1>
<p>Министр иностранных дел России Сергей Лавров встретился с Ван И в Пекине. Стороны обсудили сотрудничество
двух стран и договорились о новых встречах в начале будущего года.</p>
<p>Переговоры прошли в пятницу в китайской столице. О подробностях журналистам не сообщили.</p></article>
<footer>Все права защищены</footer></body></html>"""


def write(path: Path, data: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return str(path)


def jsonl(*records: Any) -> bytes:
    lines = (r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records)
    return "".join(line + "\n" for line in lines).encode()


def items(found: list[Any]) -> list[Item]:
    assert all(isinstance(f, Item) for f in found), found
    return found


def codes(item: Item) -> list[str]:
    return [warning.code for warning in item.warnings]


@pytest.mark.parametrize("name", ["news.txt", "news.txt.gz", "NEWS.TXT"])
def test_a_text_keeps_its_newlines_and_is_named_after_its_file(tmp_path: Path, name: str) -> None:
    (item,) = items(list(read([write(tmp_path / name, TEXT.encode())], Options(published=DAY))))
    assert item.article.text == TEXT
    assert item.article.id == name.split(".")[0]
    assert item.article.published == DAY
    assert item.warnings == ()


def test_standard_input_has_no_name() -> None:
    (item,) = items(list(read(["-"], stdin=io.BytesIO(TEXT.encode()))))
    assert (item.article.text, item.article.id, item.name) == (TEXT, None, "-")


@pytest.mark.parametrize(
    ("encoding", "warned"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-32", []),
        ("cp1251", ["guessed_encoding"]),
        ("koi8-r", ["guessed_encoding"]),
        ("cp866", ["guessed_encoding"]),
        ("iso8859-5", ["guessed_encoding"]),
        ("utf-16-le", ["guessed_encoding"]),
        ("utf-16-be", ["guessed_encoding"]),
    ],
)
def test_encodings(encoding: str, warned: list[str]) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert [w.code for w in decoded.warnings] == warned


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16-le", "utf-8", "mac-cyrillic"])
def test_an_encoding_that_is_named_is_no_guess(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding), encoding)
    assert (decoded.text, decoded.warnings) == (TEXT, ())


def test_damaged_utf8_stays_utf8() -> None:
    decoded = decode("Встреча в Мос".encode() + b"\xff" + "кве прошла".encode())
    assert decoded.text == "Встреча в Мос\ufffdкве прошла"
    assert [w.code for w in decoded.warnings] == ["replaced_bytes"]


def test_a_wrong_encoding_replaces_and_says_so() -> None:
    decoded = decode("Москва".encode("cp1251"), "utf-8")
    assert "\ufffd" in decoded.text
    assert [w.code for w in decoded.warnings] == ["replaced_bytes"]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"\xff", bytes(range(256)) * 8, b"\0" * 100, b"\x04\x00\x04"], ids=repr
)
def test_any_bytes_decode(data: bytes) -> None:
    decode(data).text.encode()
    decode(data, markup=True).text.encode()


def test_control_characters_stay() -> None:
    text = "Встре\0ча\x1b[31m в Москве\x04."
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("cp1251", True),
        ("KOI8-R", True),
        ("utf-16", True),
        ("base64", False),
        ("idna", False),
        ("нет", False),
        ("", False),
    ],
)
def test_which_names_are_encodings(name: str, known: bool) -> None:
    assert is_encoding(name) is known


def test_jsonl_fields(tmp_path: Path) -> None:
    name = write(
        tmp_path / "news.jsonl.gz",
        jsonl(
            {
                "id": 7,
                "title": "Встреча",
                "text": "Да.",
                "published": "2024-01-12T09:30:00+03:00",
                "source": "ТАСС",
            },
            "",
            {"text": "Без даты.", "published": None, "id": "", "author": "не читается"},
        ),
    )
    first, second = items(list(read([name], Options(published=DAY))))
    assert first.article.model_dump() == {
        "id": "7",
        "title": "Встреча",
        "text": "Да.",
        "published": datetime.date(2024, 1, 12),
        "source": "ТАСС",
    }
    assert (second.article.id, second.article.published, second.line) == (None, DAY, 3)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": ', "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        (f'{{"id": {"9" * 5000}, "text": "Да."}}', "too many digits"),
        ("[1]", "not a JSON object"),
        ('{"title": "Без текста"}', "text: missing"),
        ('{"text": 5}', "text: not a string"),
        ('{"text": "Да.", "published": "вчера"}', "published: not an ISO date"),
        ('{"text": "Да.", "published": "2024-02-30"}', "published: not an ISO date"),
        ('{"text": "Да.", "published": 20240115}', "published: not an ISO date"),
        ('{"text": "Да.", "title": ["нет"]}', "title: "),
        ('{"text": "Да.", "id": true}', "id: "),
        ('{"text": ' + "9" * 5000 + "}", ""),
    ],
)
def test_a_bad_line_is_reported_and_the_others_come_out(tmp_path: Path, line: str, message: str) -> None:
    name = write(tmp_path / "news.jsonl", jsonl({"text": "Раз."}, line, {"text": "Три."}))
    first, bad, last = read([name])
    assert isinstance(first, Item)
    assert isinstance(last, Item)
    assert (first.article.text, last.article.text, last.line) == ("Раз.", "Три.", 3)
    assert isinstance(bad, Failure)
    assert (bad.name, bad.line) == (name, 2)
    assert message in bad.message


def test_a_lone_surrogate_is_replaced(tmp_path: Path) -> None:
    (item,) = items(list(read([write(tmp_path / "a.jsonl", b'{"text": "\\ud800 \\ud83d\\ude00"}')])))
    assert item.article.text == "\ufffd 😀"
    assert codes(item) == ["replaced_surrogates"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_jsonl_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    lines = jsonl({"text": TEXT}, {"text": "Встреча прошла в Москве вчера вечером."}).decode()
    found = items(list(read([write(tmp_path / "a.jsonl", lines.encode(encoding))])))
    assert [f.article.text for f in found] == [TEXT, "Встреча прошла в Москве вчера вечером."]


def test_lines_are_read_when_they_are_asked_for() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            line = b'{"text": "..."}\n'
            buffer[: len(line)] = line
            return len(line)

    stream = read(["-"], Options(format="jsonl"), stdin=io.BufferedReader(Endless()))
    assert [type(next(stream)) for _ in range(3)] == [Item] * 3


@pytest.mark.parametrize(("encoding", "meta"), [("utf-8", ""), ("cp1251", '<meta charset="windows-1251">')])
def test_html(tmp_path: Path, encoding: str, meta: str) -> None:
    name = write(tmp_path / "page.html", PAGE.format(meta=meta).encode(encoding))
    (item,) = items(list(read([name], Options(published=DAY))))
    assert "Переговоры прошли в пятницу" in item.article.text
    assert "Меню" not in item.article.text
    assert item.article.title == "Лавров встретился с Ван И"
    assert item.article.published == datetime.date(2024, 1, 12)
    assert item.article.source == "https://news.example/a/1"
    assert (item.article.id, item.warnings) == ("page", ())


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"\0" * 50, b"<div>" * 5000, "просто текст".encode()], ids=repr
)
def test_a_page_without_an_article_is_a_failure(tmp_path: Path, data: bytes) -> None:
    (failure,) = read([write(tmp_path / "page.htm", data)])
    assert isinstance(failure, Failure)


def test_folders_are_read_in_order_and_say_what_they_pass_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt.gz", "a/y.jsonl", "c/notes.md", ".hidden.txt"):
        write(tmp_path / name, b'{"text": "..."}\n')
    (tmp_path / "d").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "e.txt")
    *found, notice = read([str(tmp_path)])
    names = [str(Path(item.name).relative_to(tmp_path)) for item in items(found)]
    assert names == ["a/y.jsonl", "a/z.txt.gz", "b.txt"]
    assert isinstance(notice, Notice)
    assert notice.message == "4 entries passed over: .md, hidden, linked folder, pipe"


def test_articles_are_counted_where_that_is_quick(tmp_path: Path) -> None:
    lines = write(tmp_path / "b" / "a.jsonl", jsonl({"text": TEXT}, "", {"text": TEXT}))
    write(tmp_path / "b" / "c" / "page.html.gz", PAGE.encode())
    write(tmp_path / "b" / "other.pdf", b"")
    names = [lines, str(tmp_path / "b")]
    assert count(names, Options()) == 2 + 3
    assert count([*names, "-"], Options()) is None
    packed = write(tmp_path / "b" / "c" / "d.jsonl.gz", jsonl({"text": TEXT}))
    assert count([packed], Options()) is None
    assert count(names, Options()) is None


def test_format_serves_where_the_ending_says_none(tmp_path: Path) -> None:
    for name in ("notes.md", "page.html"):
        write(tmp_path / name, PAGE.format(meta="").encode())
    found = items(list(read([str(tmp_path)], Options(format="text"))))
    assert [item.article.text.startswith("<html>") for item in found] == [True, False]


def test_a_format_against_the_ending_is_noticed(tmp_path: Path) -> None:
    notice, item = read([write(tmp_path / "a.txt", b'{"text": "..."}')], Options(format="jsonl"))
    assert isinstance(notice, Notice)
    assert isinstance(item, Item)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "No such file"),
        ("missing", "No such file"),
        ("empty", "no file in this folder"),
        ("folder.txt", "no file in this folder"),
        ("report.pdf", "--from"),
        ("broken.txt.gz", "gzip"),
        ("cut.txt.gz", "end-of-stream"),
        ("n" * 300 + ".txt", "name too long"),
    ],
)
def test_what_cannot_be_read_is_a_failure(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    (tmp_path / "broken.txt.gz").write_bytes(b"no gzip")
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(TEXT.encode())[:-12])
    good = write(tmp_path / "good.txt", b"...")
    failure, item = read([str(tmp_path / name), good])
    assert isinstance(failure, Failure)
    assert message in failure.message
    assert (failure.name, failure.line) == (str(tmp_path / name), None)
    assert isinstance(item, Item)


def test_what_came_before_a_cut_is_not_lost(tmp_path: Path) -> None:
    lines = jsonl(*({"text": f"Статья {n * 7919 % 1009}."} for n in range(3000)))
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-20])
    *found, failure = read([str(path)])
    assert len(items(found)) > 100
    assert isinstance(failure, Failure)


@pytest.mark.parametrize(
    ("names", "format_", "single"),
    [
        (["a.txt"], None, True),
        (["a.html.gz"], None, True),
        (["-"], None, True),
        (["-"], "jsonl", False),
        (["a.jsonl"], None, False),
        (["a.txt", "b.txt"], None, False),
        (["."], None, False),
    ],
)
def test_which_inputs_are_one_article(names: list[str], format_: Any, single: bool) -> None:
    assert is_single(names, Options(format=format_)) is single
