"""Answers that only their wave's private key opens, each of one length.

An ephemeral X25519 key for each answer, HKDF-SHA256 over the shared secret (both public keys as its
info), then ChaCha20-Poly1305 (RFC 7748, 5869, 8439). A key seals one text, so the nonce is fixed.
Nothing in it tells a time, and every sealed answer of a version is as long as the longest could be.
"""

import json
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lic_site.surveys.definition import Answers, Definition, Question
from lic_site.surveys.enums import CHOICES, WORDS, Kind

KEY = 32
"""Bytes of a public key, which a sealed answer begins with."""
OVERHEAD = KEY + 16
"""Bytes that sealing adds: the ephemeral key and the tag."""
LONGEST_CODE = 40
"""Bytes of a number as it is kept."""
WIDEST = 4
"""Bytes of one character in UTF-8; what JSON escapes (quotes, line ends) takes two."""
_NONCE = bytes(12)


class NotSealed(ValueError):
    """This was not sealed for this key, or was changed since."""


def new_keys() -> tuple[str, str]:
    """(public, private), as base64 of 44 letters."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return b64encode(public).decode(), b64encode(private.private_bytes_raw()).decode()


def size(definition: Definition) -> int:
    """Bytes that any answers to it take before they are sealed: the most they can."""
    return len(_plain({each.code: _most(each) for each in definition.questions()}))


def _most(question: Question) -> tuple[str, ...]:
    """Answers of which none is longer."""
    if question.kind in WORDS:
        return ("x" * question.longest * WIDEST,)
    if question.kind in CHOICES:
        codes = sorted((option.code for option in question.options), key=_width)
        return tuple(codes if question.kind == Kind.MULTIPLE else codes[-1:])
    return ("x" * LONGEST_CODE,)


def _width(code: str) -> int:
    return len(code.encode())


def seal(definition: Definition, public: str, answers: Answers) -> bytes:
    """``OVERHEAD`` bytes more than ``size``. Raises ValueError for answers that are longer than
    answers to this definition can be.
    """
    plain, length = _plain(answers), size(definition)
    if len(plain) > length:
        raise ValueError("These answers are longer than any to this questionnaire.")
    once = X25519PrivateKey.generate()
    theirs, ours = b64decode(public), once.public_key().public_bytes_raw()
    secret = once.exchange(X25519PublicKey.from_public_bytes(theirs))
    cipher = _cipher(secret, ours, theirs)
    return ours + cipher.encrypt(_NONCE, plain.ljust(length), ours)


def unseal(private: str, sealed: bytes) -> dict[str, tuple[str, ...]]:
    """The answers. Raises NotSealed for what this key does not open."""
    key = X25519PrivateKey.from_private_bytes(b64decode(private))
    theirs, body = bytes(sealed[:KEY]), bytes(sealed[KEY:])
    try:
        secret = key.exchange(X25519PublicKey.from_public_bytes(theirs))
        cipher = _cipher(secret, theirs, key.public_key().public_bytes_raw())
        plain = cipher.decrypt(_NONCE, body, theirs)
    except (InvalidTag, ValueError) as no:
        raise NotSealed from no
    return {code: tuple(values) for code, values in json.loads(plain)}


def _cipher(secret: bytes, once: bytes, lasting: bytes) -> ChaCha20Poly1305:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"survey answer" + once + lasting)
    return ChaCha20Poly1305(derived.derive(secret))


def _plain(answers: Answers) -> bytes:
    pairs = [[code, list(values)] for code, values in answers.items()]
    return json.dumps(pairs, ensure_ascii=False, separators=(",", ":")).encode()
