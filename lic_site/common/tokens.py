"""Links that open one thing for whoever holds them.

A token is signed, never stored: it can be written again each time a message is rendered, and a copy
of the database opens nothing. Raising the version kept beside the thing ends every earlier link to
it. Signatures are compared in constant time.
"""

from django.core.signing import BadSignature, Signer

LONGEST = 120


def make(purpose: str, pk: int, version: int = 1) -> str:
    """A url-safe token for one record and one purpose."""
    return Signer(sep=".", salt=f"link:{purpose}").sign(f"{pk:x}-{version:x}").replace(".", "~")


def read(purpose: str, token: str) -> tuple[int, int] | None:
    """The record's primary key and version, or None for a token that we did not make for this
    purpose, however malformed.
    """
    if not token.isascii() or len(token) > LONGEST:
        return None
    try:
        value = Signer(sep=".", salt=f"link:{purpose}").unsign(token.replace("~", "."))
    except BadSignature:
        return None
    pk, version = value.split("-")
    return int(pk, 16), int(version, 16)
