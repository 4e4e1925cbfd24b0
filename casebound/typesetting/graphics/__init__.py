"""Images and drawings."""
