"""Making `datasets/registry/divisions.csv` from packages of official lists and the reviewed changes between them."""
