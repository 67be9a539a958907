"""What may be shown beside what was released before."""

from collections.abc import Mapping

from lic_site.insight.suppression.policy import USUAL, Policy


def pairs_to_show(
    n_first: int, n_second: int, n_paired: int, *, policy: Policy = USUAL
) -> int | None:
    """Of how many pairs figures may be shown, when figures of the whole first and the whole second
    wave are out already: taking the one from the other tells of nobody, or of a floor's worth.

    The most that are possible, or None. Which pairs are left out is for the lot to decide, once.
    """
    return next(
        (
            m
            for m in range(min(n_paired, n_first, n_second), policy.scores - 1, -1)
            if policy.apart(n_first - m) and policy.apart(n_second - m)
        ),
        None,
    )


def pool(waiting: Mapping[int, int], *, policy: Policy = USUAL) -> list[int]:
    """Which waves' answers to show as one, out of those too small to be shown: by a wave's id, how
    many answered. All or none; each wave goes into one pool, ever, so that no two pools overlap.
    """
    return sorted(waiting) if policy.shows(sum(waiting.values())) else []
