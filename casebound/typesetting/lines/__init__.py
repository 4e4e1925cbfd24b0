"""Lines: words and what they are made of, and where lines of them end."""
