"""What is proven of an EPUB."""
