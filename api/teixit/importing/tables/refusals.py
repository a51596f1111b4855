"""Why a file is not read at all, in three languages."""

from typing import NoReturn

from teixit.errors import FileRefusedError
from teixit.importing.tables.wording import words


def refuse(file: str, reason: str, **values: object) -> NoReturn:
    """Refuse a file.

    Args:
        file: Its name, without its folder.
        reason: Why: one of the refusals of ``words.toml``.
        values: What the words need.

    Raises:
        FileRefusedError: Always.
    """
    texts = {
        language: f"{file}: {text.format(**values)}"
        for language, text in words("refusal", reason).items()
    }
    raise FileRefusedError(texts, reason)
