"""The portals that are registered: list them, add one, check whether they still hold."""
