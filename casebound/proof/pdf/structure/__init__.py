"""The structure tree of a PDF: what its tags say, held against its pages and against the source."""
