"""Files that pack others (zip, rar): each document inside is read as a document of its own."""
