"""Explain a status or an exception to the blogger in one plain sentence, with what to do.

Main functions: `refusal` and `broken`, which make a `FetchError`.
"""

import http.client
import ssl
from collections.abc import Mapping

from generator.errors import FeedError

_TLS = {  # OpenSSL's X509_V_ERR_* codes
    9: "is not valid yet; the server's clock or its certificate must be put right",
    10: "has expired; the site must renew it",
    18: "is self-signed; the site needs one from a public authority",
    19: "is signed by an unknown authority; the site needs one from a public authority",
    20: "cannot be traced to a known authority; the server must send the whole chain",
    21: "cannot be traced to a known authority; the server must send the whole chain",
    62: "belongs to another host; the site needs one that names this host",
    64: "does not name this IP address; use the site's name in the address",
}

_STATUS = {
    401: "The server asks for a password (401); a feed must be readable without one.",
    402: "The server asks for money (402); a feed must be readable without.",
    403: "The server turns the planet away (403); let feed readers through at the feed's address.",
    404: "There is no feed at this address (404); correct it in the author file.",
    405: "The server does not let the feed be read (405); ask whoever runs it.",
    406: "The server knows no feed format that the planet asks for (406); it should send its feed.",
    410: "The feed is gone for good (410); put the new address into the author file, or take this one out.",
    429: "The server says that it was asked too often (429); nothing to do, the planet waits.",
    451: "The feed is withheld for legal reasons (451); ask whoever runs the site.",
}


class FetchError(FeedError):
    """A fetch that gave no feed; with the facts that decide when to ask again."""

    def __init__(self, reason: str, *, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        """0 where no server answered."""
        self.headers: Mapping[str, str] = headers or {}
        """Of that answer, lower-case names, raw: `retry-after`, `date` …"""
        self.requests = 0
        """Requests made before it went wrong, this one included."""
        self.milliseconds = 0
        self.url = ""
        """Where it went wrong: the last address asked."""


def plain(text: str, limit: int = 80) -> str:
    """Return a stranger's text as one short line that cannot move a cursor or hide anything."""
    line = "".join(sign if sign.isprintable() else "?" for sign in text[: limit + 1])
    return line if len(line) <= limit else line[: limit - 1] + "…"


def refusal(status: int, headers: Mapping[str, str]) -> FetchError:
    """Return the fault that an answer without a feed is."""
    return FetchError(_challenge(status, headers) or _sentence(status), status=status, headers=headers)


def _challenge(status: int, headers: Mapping[str, str]) -> str:
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return (
            f"A Cloudflare challenge page stands before the feed ({status}), which no feed reader can pass; "
            "make an exception for the feed's address."
        )
    if status in (401, 403) and headers.get("server", "").lower() == "cloudflare":
        return (
            f"Cloudflare turns the planet away ({status}), perhaps with a challenge page; "
            "make an exception for the feed's address."
        )
    return ""


def _sentence(status: int) -> str:
    if status in _STATUS:
        return _STATUS[status]
    if status >= 500:
        return f"The server is in trouble ({status}); nothing to do unless it lasts."
    if status >= 400:
        return f"The server refuses the request ({status}); check the feed's address in a browser."
    if status == 304:
        return "The server says that nothing changed (304), but was not asked that; its cache needs a look."
    return f"The server answers with status {status} and no feed; check the feed's address in a browser."


def slow() -> FetchError:
    """Return the fault of a server that did not finish in time."""
    return FetchError("The feed did not arrive in the time that the planet gives each; nothing to do unless it lasts.")


def broken(error: BaseException) -> FetchError:
    """Return the fault that an exception of the network or of the HTTP client is."""
    causes = list(_causes(error))
    tls = next((cause for cause in causes if isinstance(cause, ssl.SSLError | ssl.CertificateError)), None)
    if tls is not None:
        return FetchError(_tls(tls))
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return FetchError("The server does not take calls at this address; check the address, or wait.")
    if any(isinstance(cause, http.client.IncompleteRead) for cause in causes):
        return FetchError("The answer is cut off in the middle; nothing to do unless it lasts.")
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return slow()
    if any(isinstance(cause, ConnectionError) for cause in causes):
        return FetchError("The server broke off; nothing to do unless it lasts.")
    if any(isinstance(cause, OSError) and cause.errno for cause in causes):
        return FetchError("The server cannot be reached; nothing to do unless it lasts.")
    return FetchError("The server does not speak HTTP properly; ask whoever runs it.")


def _tls(error: ssl.SSLError | ssl.CertificateError) -> str:
    code = getattr(error, "verify_code", 0)
    if code:
        return f"The site's certificate {_TLS.get(code, 'is not in order; check it in a browser')}."
    return "The server and the planet find no safe encryption in common; the site needs TLS 1.2 or later on port 443."


def _causes(error: object, depth: int = 8) -> list[BaseException]:
    """Return the error and all that it wraps, however the client nested them."""
    if not isinstance(error, BaseException) or depth == 0:
        return []
    inner = [*error.args, getattr(error, "reason", None), error.__cause__, error.__context__]
    return [error, *(cause for part in inner for cause in _causes(part, depth - 1))]
