"""A mistake in a relation file is told with file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from svyaz import Extractor
from svyaz.relations.frames import FrameError, registry

GOOD = """\
type: praised
definition: Somebody praised somebody.
roles:
  speaker: {types: [person]}
  praised: {types: [person]}
attributes:
  tone: [warm, cool]
frames:
  - name: praise
    verbs: [похвалить]
    slots: {speaker: [subject], praised: [object]}
"""

# what is replaced, by what, the line of the mistake, words that the message must hold
FAULTS = [
    ("type: praised", "type: Praised By", 1, ["type"]),
    ("type: praised\n", "", 1, ["type", "required"]),
    ("definition: Somebody praised somebody.\n", "", 1, ["definition", "required"]),
    ("definition: Somebody praised somebody.", "definition: [a, b]", 2, ["definition", "string"]),
    ("speaker: {types: [person]}", "speaker: {types: [persons]}", 4, ["roles.speaker.types", "person"]),
    (
        "speaker: {types: [person]}",
        "speaker: {types: [person], minimum: 2}",
        4,
        ["roles.speaker.minimum", "not permitted"],
    ),
    (
        "speaker: {types: [person]}",
        "speaker: {types: [person], min: many}",
        4,
        ["roles.speaker.min", "integer"],
    ),
    ("speaker: {types: [person]}", "speaker: person", 4, ["roles.speaker"]),
    ("frames:", "framez:", 1, ["frames", "required"]),
    ("    verbs: [похвалить]\n", "", 9, ["frames.0", "«praise» has no trigger"]),
    ("verbs: [похвалить]", "verbs: похвалить", 10, ["frames.0.verbs", "set"]),
    ("verbs: [похвалить]", "verb: [похвалить]", 10, ["frames.0.verb", "not permitted"]),
    ("speaker: [subject]", "speaker: [subjekt]", 11, ["frames.0.slots.speaker.0", "«subjekt» is no step"]),
    ("speaker: [subject]", 'speaker: ["с:inst"]', 11, ["frames.0.slots.speaker.0", "«с:inst» is no step"]),
    ("speaker: [subject]", "speaker: [5]", 11, ["frames.0.slots.speaker.0", "not 5"]),
    ("speaker: [subject]", "speaker: [subject.]", 11, ["frames.0.slots.speaker.0", "ends with a dot"]),
    ("speaker: [subject]", 'speaker: ["object[пост"]', 11, ["frames.0.slots.speaker.0", "object[пост"]),
    ("speaker: [subject]", "speaker: subject", 11, ["frames.0.slots.speaker", "tuple"]),
    (
        "praised: [object]}",
        "flattered: [object]}",
        1,
        ["«praise»", "«flattered» is neither a role nor an attribute"],
    ),
    ("- name: praise", "- title: praise", 9, ["frames.0", "name"]),
    ("    verbs:", "    phase: begun\n    verbs:", 10, ["frames.0.phase", "start"]),
    ("    verbs:", "    modality: sure\n    verbs:", 10, ["frames.0.modality", "asserted"]),
    ("tone: [warm, cool]", "tone: colour", 7, ["attributes.tone"]),
    ("frames:", "symmetric: participant\nframes:", 1, ["symmetric: «participant» is no role"]),
    ("frames:", "arity: 3\nframes:", 1, ["a fact needs 3 arguments", "the roles take 2"]),
    ("  - name: praise", "  - name: [praise", 10, ["no YAML"]),
    ("roles:", "\troles:", 3, ["no YAML"]),
    (GOOD, "- a list", 1, ["mapping"]),
    (GOOD, "", 1, ["mapping"]),
]


def test_the_file_without_a_mistake_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "praised.yaml"
    path.write_text(GOOD, "utf-8")
    result = Extractor([path]).extract("Анна Белова похвалила Олега Титова.")
    assert [[(a.role, a.text) for a in r.args] for r in result.relations if r.type == "praised"] == [
        [("speaker", "Анна Белова"), ("praised", "Олега Титова")]
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"), FAULTS, ids=[f"{o[:24]!r} to {n[:44]!r}" for o, n, _, _ in FAULTS]
)
def test_a_mistake_is_told(tmp_path: Path, old: str, new: str, line: int, words: list[str]) -> None:
    path = tmp_path / "praised.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(FrameError) as caught:
        registry((path,))
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: ")
    assert [word for word in words if word not in message.removeprefix(str(path))] == []
    assert "\n" not in message


def test_a_file_that_is_missing_or_no_text(tmp_path: Path) -> None:
    missing, binary = tmp_path / "missing.yaml", tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (missing, binary):
        with pytest.raises(FrameError, match=f"^{path}: cannot be read"):
            registry((path,))


def test_a_file_of_the_same_type_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(GOOD.replace("type: praised", "type: met_with"), "utf-8")
    types = {t.name: t for t in registry((path,))}
    assert types["met_with"].file == str(path)
    assert len(types) == len(registry())


def test_a_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, "utf-8")
    assert "lauded" not in {t.name for t in registry([path])}
    path.write_text(GOOD.replace("type: praised", "type: lauded"), "utf-8")
    assert "lauded" in {t.name for t in registry([path])}
