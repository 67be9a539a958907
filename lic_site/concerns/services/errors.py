"""How the verbs say no."""

from lic_site.common.errors import Refusal


class ReaderGone(Refusal):
    """This person does not read concerns any more. Choose another reader."""

    field = "reader"


class ReaderConcerned(Refusal):
    """You said that it is about this person, so they cannot read it. Choose another reader."""

    field = "reader"


class OwnReader(Refusal):
    """You cannot be the reader of what you raise yourself. Choose another reader."""

    field = "reader"


class NotSignedIn(Refusal):
    """You are signed out now, so your name is not known here. Choose another answer, or sign in and
    begin again.
    """

    field = "known"


class NotYours(Refusal):
    """This concern is not with you any more."""


class CannotMove(Refusal):
    """Somebody changed this concern meanwhile, so that is not possible now. Look at it again."""


class AlreadyClosed(Refusal):
    """This is closed already. You can still add to it, and its reader can open it again."""


class NothingSaid(Refusal):
    """Write something first."""

    field = "text"


class NotAReader(Refusal):
    """This person cannot read this concern. Choose another reader."""

    field = "reader"


class NoSuchAction(Refusal):
    """This action is done already, or is not there any more."""


class NotYoursToKeep(Refusal):
    """A Staff College admin or the programme lead names the readers, and nobody themselves. Ask a
    colleague to do it.
    """


class AlreadyReads(Refusal):
    """This person is a reader on some of those days already. Change or end that first."""

    field = "starts_on"


class NoAccount(Refusal):
    """This person has no account here, so could not read anything. Ask them to sign up first."""


class ContactRefused(Refusal):
    """These days do not fit."""


class ContactEnded(Refusal):
    """This reader’s time has already ended."""
