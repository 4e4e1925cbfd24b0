"""The press strings the stages together: what is typeset again, what is in which file, what is written."""
