"""What ties an office mention: its body, its holder, its party, its client."""

from __future__ import annotations

from dataclasses import dataclass

from svyaz.mentions.found import Found


@dataclass(frozen=True, slots=True)
class Tie:
    """An office mention with its body and its holder, so far as the sentence says."""

    office: Found
    body: Found | None = None
    holder: Found | None = None
    party: Found | None = None  # «депутат Госдумы от [ЛДПР]»
    client: Found | None = None  # «помощник [Путина]», «адвокат [Иванова]»
