"""What is being done: every batch, file and page that entered, from before work on it starts until it is settled."""
