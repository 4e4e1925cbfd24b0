"""One module a kind of node: its XHTML."""
