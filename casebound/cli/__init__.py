"""What a person sees of a build: progress, summary, findings."""
