"""Pictures of reports, scanned or photographed: from pixels to the paragraphs and grids that other readers give.

`recognise` alone talks to the recogniser, whose models come with its package; the rest is geometry on pixels. Each cell
is read by two ways, as part of the page and cut out by itself; both stand in its `Sight`, and who reads figures out of
it decides what to believe. A cell is blank only where nothing at all is drawn in it.
"""
