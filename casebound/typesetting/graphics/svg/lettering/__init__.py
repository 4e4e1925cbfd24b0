"""Text of drawings."""
