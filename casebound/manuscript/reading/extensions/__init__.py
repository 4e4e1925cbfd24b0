"""What other extensions write beside the doctrees."""
