project = "The Project"
