"""A filled issue form → a pull request, or what to mend."""

from generator.forge.forms.parse import FormRequest, read
from generator.forge.forms.respond import FormResult, answer, carry_out

__all__ = ["FormRequest", "FormResult", "answer", "carry_out", "read"]
