"""Reading brat standoff, and the gold articles themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from svyaz.evaluate import brat
from svyaz.evaluate.corpus import CorpusError, GoldDocument
from svyaz.relations.frames import registry

GOLD = Path(__file__).parent.parent.parent / "gold"
DOCUMENTS = [d for split in ("dev", "test") for d in brat.documents(GOLD / split)]
TYPES = {t.name: t for t in registry()}
ANN = """T1\tperson 0 5\tИванов
T2\tperson 19 25\tПетровым
T3\tmet_with 7 17\tвстретился
T4\tdate 27 32\tвчера
E1\tmet_with:T3 participant:T1 participant2:T2 date:T4
A1\tModality E1 denied
A2\tForm T1 name
#1\tAnnotatorNotes T4\tnormal=2024-01-14
*\tEquiv T1 T2
"""


def write(folder: Path, ann: str, text: str = "Иванов встретился с Петровым вчера.") -> Path:
    (folder / "one.txt").write_text(text, "utf-8")
    path = folder / "one.ann"
    path.write_text(ann, "utf-8")
    return path


def test_an_event_is_a_relation(tmp_path: Path) -> None:
    gold = brat.document(write(tmp_path, ANN))
    (relation,) = gold.relations
    assert (relation.type, relation.modality, relation.date) == ("met_with", "denied", "2024-01-14")
    assert [(a.role, a.mention) for a in relation.args] == [("participant", "T1"), ("participant", "T2")]


def test_equiv_lines_are_one_entity(tmp_path: Path) -> None:
    gold = brat.document(write(tmp_path, ANN))
    assert gold.mention("T1").entity == gold.mention("T2").entity


FAULTY = [
    ("T1 person 0 6 Иванов\n", ":1:"),
    (ANN + "T9\tperson zero six\tИванов\n", ":10:"),
    (ANN + "E2\tmet_with:T3 participant:T99\n", "T99"),
]


@pytest.mark.parametrize(("ann", "told"), FAULTY)
def test_faults_are_told_with_their_place(tmp_path: Path, ann: str, told: str) -> None:
    with pytest.raises(CorpusError, match=told) as error:
        brat.document(write(tmp_path, ann))
    assert "one.ann" in str(error.value)


def test_a_folder_without_labels_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.ann files"):
        list(brat.documents(tmp_path))


@pytest.mark.parametrize("gold", DOCUMENTS, ids=lambda d: d.id)
def test_gold_articles_are_sound(gold: GoldDocument) -> None:
    """Spans give the words they name, relations have known types and roles, and arguments are mentions."""
    for mention in gold.mentions:
        assert mention.text == " ".join(gold.text[s:e] for s, e in mention.spans)
        assert mention.form in {"name", "adjective", "nominal", "pronoun"}
        assert mention.type != "date" or mention.normal
    for relation in gold.relations:
        assert relation.modality in {"asserted", "planned", "possible", "denied"}
        assert {a.role for a in relation.args} <= set(TYPES[relation.type].roles), relation
        assert len(relation.args) >= min(TYPES[relation.type].arity, 1)


def test_every_gold_article_has_its_metadata() -> None:
    import yaml

    listed = yaml.safe_load((GOLD / "articles.yaml").read_text("utf-8"))["articles"]
    assert sorted(a["id"] for a in listed) == sorted(d.id for d in DOCUMENTS)
    for article in listed:
        assert (GOLD / article["split"] / f"{article['id']}.ann").is_file()
