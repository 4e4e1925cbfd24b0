"""Structure: what is drawn filed under the elements that it belongs to."""
