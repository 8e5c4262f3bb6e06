"""Fit the confidence model on gold/dev and write src/svyaz/lexicon/confidence.yaml."""

from __future__ import annotations

from pathlib import Path

from svyaz.evaluate.brat import documents
from svyaz.evaluate.calibrate import as_yaml, fit, samples
from svyaz.relations.frames import registry

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Read the labelled articles, fit, write."""
    articles = list(documents(ROOT / "gold" / "dev"))
    found = samples(articles, registry())
    bias, weights = fit(found)
    target = ROOT / "src" / "svyaz" / "lexicon" / "confidence.yaml"
    target.write_text(as_yaml(bias, weights, found, len(articles)), "utf-8", newline="\n")
    print(f"{len(found)} relations, {sum(s.right for s in found)} right: {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
