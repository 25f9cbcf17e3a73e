"""The fonts that stand in for those a PDF names and does not bring: the same on every machine.

Without any for Chinese the library leaves characters out and makes others flat, and what is read would hang on what
happens to be installed.
"""

from __future__ import annotations

import ctypes
from importlib.util import find_spec

from pypdfium2 import raw

PACKAGE = "noto_cjk_sans_otc"


def use_own_fonts() -> None:
    """Start the library again with the fonts of PACKAGE alone. No document may be open."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{PACKAGE} is not installed: python -m pip install 'gongkai[documents]'")
    folders = (ctypes.c_char_p * 2)(found.submodule_search_locations[0].encode(), None)
    config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pIsolate=None, m_v8EmbedderSlot=0)
    config.m_pUserFontPaths = ctypes.cast(folders, type(config.m_pUserFontPaths))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(config)
