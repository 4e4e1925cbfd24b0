"""Drawings: SVG read as a scene of shapes, text and images, and written as a form of PDF."""
