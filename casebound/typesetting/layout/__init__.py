"""Boxes on pages: what stays together, columns, pagination, the footnote area, figures, listings."""
