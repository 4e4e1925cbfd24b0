casebound_ignore = ["lead-silent", "text-after-toctree"]
