"""Loading slovnet's networks from natasha's wheel, what they have in common once.

natasha is a data package here: it is never imported, for its own ``__init__`` pulls in pymorphy2, which current Pythons
cannot run. slovnet's own loading reads the list of 250,000 words for each network and navec's for the vectors:
a third of a second and 100 MB for four copies of one list.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from navec.meta import Meta
from navec.navec import META, PQ_
from navec.pq import PQ
from navec.tar import Tar
from slovnet.api import NER, Morph, Syntax
from slovnet.const import REL, SHAPE, TAG, WORD
from slovnet.exec import model as networks
from slovnet.exec.encoders import SyntaxEncoder, TagEncoder
from slovnet.exec.infer import MorphInfer, NERInfer, SyntaxDecoder, SyntaxInfer, TagDecoder
from slovnet.exec.pack import Pack

VECTORS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
BATCH = 8


def data_folder() -> Path:
    """The folder of models in natasha's wheel; raises ModuleNotFoundError when it is not installed."""
    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            "natasha is not installed: its wheel holds the models (pip install natasha)"
        )
    return Path(spec.origin).parent / "data"


def load() -> tuple[NER, Morph, Syntax]:
    """slovnet's three taggers as slovnet itself runs them; they share the list of words and its vectors."""
    folder = data_folder()
    vectors = _vectors(folder / VECTORS)
    with Pack(_model(folder, "ner")) as pack:
        words = pack.load_vocab(WORD)
    ner, shapes, tags = _network(_model(folder, "ner"), networks.NER, TAG, vectors)
    names = NER(NERInfer(ner, TagEncoder(words, shapes, BATCH), TagDecoder(tags)), BATCH)
    morph, shapes, tags = _network(_model(folder, "morph"), networks.Morph, TAG, vectors)
    morphology = Morph(MorphInfer(morph, TagEncoder(words, shapes, BATCH), TagDecoder(tags)), BATCH)
    syntax, shapes, rels = _network(_model(folder, "syntax"), networks.Syntax, REL, vectors)
    trees = Syntax(SyntaxInfer(syntax, SyntaxEncoder(words, shapes, BATCH), SyntaxDecoder(rels)), BATCH)
    return names, morphology, trees


def _model(folder: Path, name: str) -> Path:
    return folder / "model" / f"slovnet_{name}_news_v1.tar"


class _Vectors(PQ):  # type: ignore[misc]
    """navec's vectors without its tables for the likeness of two words, which nobody asks for here: a tenth of a second
    and 130 MB while they are made."""

    def precompute(self) -> None:
        """Nothing."""


def _vectors(path: Path) -> SimpleNamespace:
    """The vectors of navec as slovnet takes them, without navec's own list of words."""
    with Tar(path) as tar:
        meta = Meta.from_file(tar.load(META))
        Meta.check_protocol(meta.protocol)
        return SimpleNamespace(meta=meta, pq=_Vectors.from_file(tar.load(PQ_)))


def _network(path: Path, kind: Any, labels: str, vectors: Any) -> tuple[Any, Any, Any]:
    """A network with its weights, its list of shapes and its list of labels."""
    with Pack(path) as pack:
        pack.load_meta().check_protocol()
        model = pack.load_model(kind)
        arrays = dict(pack.load_arrays(model.weights))
        shapes, names = pack.load_vocab(SHAPE), pack.load_vocab(labels)
    return model.inject_arrays(arrays).inject_navec(vectors), shapes, names
