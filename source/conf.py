"""Sphinx configuration of the book "Technical Reference Deep Dives"."""

import os

project = "Technical Reference Deep Dives"
author = "The casebound authors"
copyright = "2026, The casebound authors"

# The edition follows the nova release it describes.
version = "34.0"
release = "34.0"
language = "en"

# What the book is about, on the cover and title page and in the metadata.
casebound_subtitle = "OpenStack Compute (nova)"
casebound_subject = "The internals of OpenStack Compute (nova) 34.0.0"
casebound_keywords = ["OpenStack", "nova", "compute"]

root_doc = "index"
extensions = ["sphinx.ext.todo"]
exclude_patterns = []

# Figures, tables and listings carry numbers, and :numref: can point at them.
numfig = True

# Notes on missing material are printed in drafts and left out of releases.
todo_include_todos = os.environ.get("CASEBOUND_DRAFT") == "1"

# The e-book tells on which page of the PDF a reader is.
casebound_page_list = True
