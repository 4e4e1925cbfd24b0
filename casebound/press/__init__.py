"""The press strings the stages together: what is typeset anew, what stands in which file, what is written."""
