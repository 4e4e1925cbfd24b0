"""The structure of a book: sections, the rule, toctrees, numbers."""
