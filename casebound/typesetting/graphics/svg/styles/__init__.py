"""What properties of a drawing mean."""
