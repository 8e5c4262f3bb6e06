"""Mentions to entities: who is who in one article."""

from svyaz.entities.draft import Draft
from svyaz.entities.resolve import Resolution, resolve

__all__ = ["Draft", "Resolution", "resolve"]
