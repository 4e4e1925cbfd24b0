"""Resolving: the tree of each chapter as ARCHITECTURE.md promises it to the other stages."""
