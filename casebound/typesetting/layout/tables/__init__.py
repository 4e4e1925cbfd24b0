"""Tables: the widths of columns, rows of cells, and where they break."""
