"""Numbers, units and quantities of siunitx."""
