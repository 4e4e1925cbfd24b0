"""What sources and style sheets say in the terms of CSS: colours, lengths, lines through text, themes."""
