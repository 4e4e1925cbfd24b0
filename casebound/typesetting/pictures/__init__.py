"""Pictures: images of dots, drawings as vectors."""
