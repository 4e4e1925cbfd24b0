"""The container: package document, navigation, page list."""
