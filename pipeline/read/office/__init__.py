"""Documents that only an office program reads well (doc, wps, rtf, odt, ods): LibreOffice makes OOXML of them."""
