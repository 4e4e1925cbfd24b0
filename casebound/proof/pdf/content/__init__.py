"""What the content of a page says, and under which marks."""
