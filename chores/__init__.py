"""What the makers of casebound run now and then; nothing a build or a test needs."""
