"""Writing systems and languages: directions, joining letters, the words that outputs add to a book."""
