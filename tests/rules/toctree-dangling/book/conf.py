exclude_patterns = ["spare.rst"]
