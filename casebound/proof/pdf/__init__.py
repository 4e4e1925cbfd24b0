"""What is proven of a PDF."""
