#!/usr/bin/env bash
# Build the wheel, install it into an empty environment and run it outside the checkout.
# Usage: PYTHON=… BUILD=… scripts/wheel_test.sh ARTICLE (from the root of the checkout)
set -euo pipefail

root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

$BUILD -t wheel -d "$work/dist"
cp "$1" "$work/article.txt"
"$PYTHON" -m venv "$work/venv"
pip="$work/venv/bin/python -m pip --quiet --disable-pip-version-check"
$pip install --require-hashes -r "$root/requirements.lock"
# Without an index, so that the lock must hold all that the wheel says it needs.
$pip install --no-index "$work"/dist/*.whl
$pip check

cd "$work"
PATH=$work/venv/bin:$PATH
where=$(python -c 'import svyaz; print(svyaz.__file__)')
case $where in
    "$work"/*) ;;
    *) echo "imported from $where, not from the wheel" >&2; exit 1 ;;
esac
svyaz --version
svyaz relations > relations.txt
svyaz extract article.txt --published 2024-01-15 --to jsonl > result.jsonl
python - <<'PYTHON'
import json
from pathlib import Path

result = json.loads(Path("result.jsonl").read_text("utf-8"))
found = {relation["type"] for relation in result["relations"]}
assert {"met_with", "holds_office", "represents", "memorandum_between"} <= found, found
assert result["text"] == Path("article.txt").read_bytes().decode("utf-8")
print("wheel: found", ", ".join(sorted(found)))
PYTHON
