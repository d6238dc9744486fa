"""What exists, in relational tables that can be rebuilt from the manifests."""
