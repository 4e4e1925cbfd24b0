"""Front and back matter: cover, title page, imprint, contents, indices."""
