"""An example."""

ANSWER = 42
QUESTION = None
NOT_SHOWN = True
