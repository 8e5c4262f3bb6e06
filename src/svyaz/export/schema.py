"""The contract as JSON Schema, for those who read results in another language."""

from __future__ import annotations

from typing import Any

from svyaz.model import Result


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one result as it is written."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Result.model_json_schema(mode="serialization"),
    }
