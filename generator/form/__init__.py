"""A filled issue form → a pull request, or what to mend."""

from generator.form.answer import Answer, answer, carry_out
from generator.form.reading import Wish, read

__all__ = ["Answer", "Wish", "answer", "carry_out", "read"]
