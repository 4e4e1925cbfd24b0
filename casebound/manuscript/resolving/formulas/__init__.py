"""Formulas, their numbers and macros."""
