"""Going over the tokens of a file of Turtle's family that is known to parse."""

from teixit.tokens import Tokens, is_string


class Cursor:
    """A place among the tokens, which moves on as they are taken.

    Args:
        tokens: The tokens of a text in Turtle, TriG, N-Triples or N-Quads.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def word(self) -> str:
        """The token that is next; none at the end."""
        words = self.tokens.words
        return words[self.at] if self.at < len(words) else ""

    def take(self) -> str:
        """Go on behind the next token, and give it."""
        word = self.word
        self.at += 1
        return word

    def take_term(self) -> list[str]:
        """Take an IRI, a name, a number with its sign, or a text with its language or datatype."""
        words = [self.take()]
        if words[0] in {"+", "-"} or (is_string(words[0]) and self.word.startswith("@")):
            words.append(self.take())
        elif is_string(words[0]) and self.word == "^^":
            words += [self.take(), self.take()]
        return words
