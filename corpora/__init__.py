"""Real documentation as input: pinned source distributions with a neutral conf.py beside each."""
