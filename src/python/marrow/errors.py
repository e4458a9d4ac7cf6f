"""What the module raises. All are ``Error``; their texts are whole sentences that name the thing and the reason."""


class Error(Exception):
    """Anything that marrow could not do."""


class RuleError(Error):
    """A rule file or model is missing or wrong: file, line and column are in the text. Nothing can be cleaned with it."""


class InputError(Error, ValueError):
    """A value that no page can have, or bytes that are no site memory."""


class ArchiveError(Error, OSError):
    """An archive that cannot be opened. Damage inside one raises nothing: it is counted, and reading goes on."""
