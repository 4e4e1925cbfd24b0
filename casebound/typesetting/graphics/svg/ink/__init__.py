"""A scene written as a form of PDF."""
