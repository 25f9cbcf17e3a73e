"""A real scheduler and real workers on loopback, which are killed."""
