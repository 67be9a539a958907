"""What a verb says when it may not do what was asked."""


class Refusal(Exception):
    """A verb's rule does not allow this. ``str()`` is the sentence that the person reads: it says
    what is wrong and how to put it right. Subclasses are named for what happened.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or (type(self).__doc__ or "").strip())
