"""What a batch tells besides the terminal: a log for machines, metrics, and a night's summary."""
