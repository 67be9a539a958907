"""Anonymous waves with keys, and answers sealed for them."""

from collections.abc import Sequence
from typing import Any

from lic_site.surveys import sealing
from lic_site.surveys.models import SealedAnswer, Wave
from tests.factories.surveys import ASKED, WaveFactory


def anonymous_wave(**fields: Any) -> Wave:
    """Open, with a pair of keys."""
    public, private = sealing.new_keys()
    return WaveFactory(public_key=public, private_key=private, **fields)


def sealed(wave: Wave, scores: Sequence[int]) -> list[SealedAnswer]:
    """One sealed answer for each: it gives 0 to 10."""
    return SealedAnswer.objects.bulk_create(
        SealedAnswer(
            wave=wave,
            sealed=sealing.seal(
                ASKED, wave.public_key, {"useful": ("4",), "again": (str(score % 11),)}
            ),
        )
        for score in scores
    )
