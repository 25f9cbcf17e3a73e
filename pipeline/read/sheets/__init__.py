"""Workbooks: every sheet is one grid, whose rows and columns are those that the program shows."""
