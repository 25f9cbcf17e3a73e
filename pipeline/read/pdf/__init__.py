"""PDF reports: from characters and lines with their places to paragraphs and grids.

`pdfium` alone talks to the library that opens PDF; `sheet` keeps of a page what can be seen on it; the rest is
geometry. What a page shows decides, not what the file says: text that is not drawn is left out, a cell with ink and no
character is not blank, a font whose digits look otherwise is not believed.
"""
