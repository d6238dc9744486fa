"""The review queue: what people decide about what machines were unsure of, each decision a new version."""
