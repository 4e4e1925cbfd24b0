"""Text from inline runs to lines: words, line breaking, directions."""
