"""Mentions to entities: who is who in one article."""

from svyaz.entities.resolve import Draft, Resolution, resolve

__all__ = ["Draft", "Resolution", "resolve"]
