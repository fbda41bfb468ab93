"""A filled issue form → a pull request, or what to mend."""

from generator.forge.forms.parse import Wish, read
from generator.forge.forms.respond import Answer, answer, carry_out

__all__ = ["Answer", "Wish", "answer", "carry_out", "read"]
