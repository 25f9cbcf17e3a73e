"""How fast this machine reads and builds: `make bench`."""
