"""From an encoded page to an upright, level picture that can be read; each step is one file that tells its method."""
