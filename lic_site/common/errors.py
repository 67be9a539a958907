"""How a verb says no."""


class Refusal(Exception):
    """What was asked for cannot be done. ``str()`` is a sentence for the person who asked: what is
    wrong, and how to put it right.

    A subclass is named for what happened (``NoPlaceLeft``). Its words are what it was raised with,
    else its ``sentence``, else its docstring. One that is about a single answer names the form's
    ``field``, beside which it is then shown.
    """

    sentence = ""
    field = ""

    def __init__(self, sentence: str = "") -> None:
        words = sentence or self.sentence or type(self).__doc__ or ""
        super().__init__(" ".join(words.split()))
