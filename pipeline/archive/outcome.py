"""How the fetching of one address ended."""

from __future__ import annotations

from pipeline.archive.word import Word


class Outcome(Word):
    """The ending of one fetch.

    Only of `HELD`, `UNCHANGED` and `IMPORTED` does the archive have the whole of what was asked for.
    """

    HELD = "held", "The document came whole and is in the archive."
    UNCHANGED = "unchanged", "The document is the same as the one held from an earlier fetch of this address."
    IMPORTED = "imported", "The document was given as a file, not fetched."
    NOT_FOUND = "not_found", "The portal says that the page does not exist (404 or 410)."
    SOFT_404 = (
        "soft_404",
        "The portal answers 200 with a page that says the document does not exist, or has its title and no text.",
    )
    CHALLENGE = "challenge", "A firewall answers with a script to be solved by a browser; it is not evaded."
    CAPTCHA = "captcha", "The portal asks a person to prove being one."
    LOGIN = "login", "The portal asks for a login."
    BLOCKED = "blocked", "The portal refuses to serve us (403 and the like)."
    RATE_LIMITED = "rate_limited", "The portal says that we ask too often (429)."
    CLIENT_ERROR = (
        "client_error",
        "The portal refuses the request for another reason (the other 4xx answers).",
    )
    SERVER_ERROR = (
        "server_error",
        "The portal fails (5xx), or its answer makes no sense (304 to a first question).",
    )
    NOT_HTTP = (
        "not_http",
        "What came is no answer of the web: the connection stands, but not what is said on it.",
    )
    TIMEOUT = "timeout", "No whole answer came within the time allowed."
    BROKEN_TLS = "broken_tls", "No secure connection could be made."
    HOST_UNKNOWN = "host_unknown", "The name of the host is not known."
    CONNECTION_FAILED = "connection_failed", "The host did not take the connection, or dropped it."
    TRUNCATED = "truncated", "The answer broke off before its end."
    TOO_LARGE = "too_large", "The answer is larger than is allowed."
    UNDECODABLE = "undecodable", "The content-encoding of the answer could not be undone."
    WRONG_TYPE = "wrong_type", "The answer is of a kind that cannot be a report."
    OVER_BUDGET = (
        "over_budget",
        "Not asked for: what one portal may cost in one run was spent, or a bound of the search reached.",
    )
    ROBOTS_REFUSED = "robots_refused", "The portal's robots.txt forbids the address; it was not asked for."
    OFFSITE_REDIRECT = (
        "offsite_redirect",
        "The answer points to a host outside the portal; it was not followed.",
    )
    REDIRECT_LOOP = "redirect_loop", "The answers point at one another without end."
    REDIRECTED = (
        "redirected",
        "The answer, or a twin that is not silent, is another address, which has its own entry.",
    )
    EMPTY_LIST = "empty_list", "A list page came, and nothing is listed on it."
    SHORT_LIST = "short_list", "A list came with fewer entries or pages than it announces."
