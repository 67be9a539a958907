"""Why a file is not taken, each with what to do about it."""

from lic_site.common.errors import Refusal


class TooBig(Refusal):
    def __init__(self, limit_mb: int) -> None:
        super().__init__(
            f"The file is larger than {limit_mb} MB. Make it smaller, for example by leaving out "
            "pictures, and choose it again."
        )


class NotTaken(Refusal):
    """A kind that is not asked for here, or that we never take."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"We cannot take this kind of file. Choose a {wanted}.")


class NameAndContentDiffer(Refusal):
    def __init__(self, label: str, ending: str) -> None:
        super().__init__(
            f"The end of the file’s name does not fit what is in it: it is a {label}. "
            f"Give it a name that ends in {ending}, or save it again in the kind you meant."
        )


class Macros(Refusal):
    sentence = (
        "The file holds macros, which we do not take. Save it without macros "
        "(as .docx, .xlsx or .pptx) or as a PDF and choose it again."
    )


class Locked(Refusal):
    sentence = (
        "The file is locked with a password or in an old format. Save it as a PDF, or as an "
        "unlocked .docx, .xlsx or .pptx, and choose it again."
    )


class Suspicious(Refusal):
    sentence = (
        "The file unpacks to far more than it should, so we did not open it. "
        "Save it as a PDF, or make it smaller, and choose it again."
    )


class Broken(Refusal):
    sentence = "The file is damaged and cannot be read. Open it, save it again and choose it again."


class Infected(Refusal):
    sentence = (
        "Our virus check found a problem in this file and we did not keep it. "
        "Ask your IT team to look at it."
    )


class NotChecked(Refusal):
    sentence = (
        "We cannot check files for viruses just now, so we did not keep yours. "
        "Try again in a few minutes."
    )
