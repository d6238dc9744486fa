"""Object stores: flat name spaces of bytes that are written once."""
