"""Images, diagrams and what stands for them."""
