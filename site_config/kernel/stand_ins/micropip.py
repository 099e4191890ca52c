"""Pyodide's installer by its name, for code from elsewhere that asks for it."""

from piplite import install

__all__ = ["install"]
