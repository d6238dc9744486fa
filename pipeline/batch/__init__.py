"""A batch from its plan to its ledger: what to read, in which processes, and what became of every sheet."""
