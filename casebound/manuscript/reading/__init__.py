"""Reading: Sphinx is run, listened to, and kept from the network; what it cannot read is read all the same."""
