"""Every exception gonequiet raises.

The tree::

    GonequietError                  anything we say on purpose; its message is for the owner
    |-- RequestError                the owner asked for something that cannot be done as asked
    |   |-- NotFound                no contact, message or file of that name
    |   |-- Ambiguous               several fit; the message lists them
    |   |-- Refused                 the course of an engagement has no such step; says why
    |   `-- SettingsError           the settings file or an environment variable is wrong
    |-- SourceError                 a place records come from cannot be read at all
    |-- OutboxError                 a draft cannot be put where the owner keeps drafts
    `-- StoreError                  the database cannot be used
        |-- StoreTooNew             written by a newer gonequiet
        |-- StoreBusy               another gonequiet is writing
        `-- StoreDamaged            a digest or an integrity check failed

A bad *record* is never an exception: it is a `RecordProblem` value (`domain.provenance`).
Messages are sentences that end with what to do next. They never carry a subject, a body,
or an address found in a record; paths and names the owner typed are fine.
"""


class GonequietError(Exception):
    """Anything we say on purpose; the text is for the owner."""


class RequestError(GonequietError):
    """The owner asked for something that cannot be done as asked."""


class NotFound(RequestError):
    """No contact, message or file answers to that name."""


class Ambiguous(RequestError):
    """Several things answer to that name."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class Refused(RequestError):
    """The course of an engagement cannot take this step; the message says why."""


class SettingsError(RequestError):
    """The settings file or an environment variable is wrong; lists every mistake at once."""

    def __init__(self, message: str, mistakes: tuple[str, ...]) -> None:
        super().__init__(message)
        self.mistakes = mistakes


class SourceError(GonequietError):
    """A place records come from cannot be read at all."""


class OutboxError(GonequietError):
    """A draft cannot be put where the owner keeps drafts."""


class StoreError(GonequietError):
    """The database cannot be used."""


class StoreTooNew(StoreError):
    """The database was written by a newer gonequiet."""


class StoreBusy(StoreError):
    """Another gonequiet is writing to the database."""


class StoreDamaged(StoreError):
    """A digest or an integrity check failed."""
