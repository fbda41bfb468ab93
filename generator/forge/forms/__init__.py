"""Turn a filled issue form into a pull request, or say what to mend: `read`, `carry_out`, `answer`."""

from generator.forge.forms.parse import FormRequest, read
from generator.forge.forms.respond import FormResult, answer, carry_out, refuse
from generator.forge.forms.senders import refusal, sender

__all__ = ["FormRequest", "FormResult", "answer", "carry_out", "read", "refusal", "refuse", "sender"]
