"""References that can be read aloud."""

import secrets

# No vowels, so that no word appears; nothing that looks like something else.
ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"


def new_reference() -> str:
    """Eight characters in two halves, such as ``7K4M-9PQX``: about 2 × 10¹¹ of them."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def new_certificate_number() -> str:
    """Sixteen characters in four groups, such as ``7K4M-9PQX-3BDT-W8HN``: about 4 × 10²² of them
    (75 bits), so that none can be guessed.
    """
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
