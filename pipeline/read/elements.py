"""Which HTML elements mean what to a reader of pages."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a browser does not show as text of the page; `xml` is what word processors leave in pages.
DROPPED = _names(
    """audio canvas datalist head iframe map math noembed noframes noscript object script style svg template
    title video xml -comment"""
)
# What begins and ends a line of text.
BLOCKS = _names(
    """address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing
    main menu nav ol p plaintext pre section summary table tbody td tfoot th thead tr ul xmp"""
)
ROW_GROUPS = _names("thead tbody tfoot")
PREFORMATTED = _names("pre listing xmp plaintext")

# What a parser opens again in every block after it, where it was left open.
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
# What is closed by the next of its kind or holds nothing, and so does not pile up.
FLAT = _names(
    """area base br caption col colgroup dd dt embed hr img input li link meta option p param source tbody td
    tfoot th thead tr track wbr"""
)
# Across these, end tags of other elements do nothing.
BARRIERS = _names("applet button marquee math object select svg table template")
# Whose end tag also closes what was left open inside, unless across a barrier.
STRONG = BARRIERS | _names(
    """address article aside blockquote body center details dir div dl fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup html main menu nav ol pre section summary ul"""
)
