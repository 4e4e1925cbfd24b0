casebound_toctree = "as-is"
