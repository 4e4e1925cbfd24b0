"""Plain data that all stages share: the book, its outline and folios, fragments, styles, settings, diagnostics."""
