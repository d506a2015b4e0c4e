"""The shape of an e-mail address; whether it reaches anybody only a message can show."""

import re


def is_email(text: str) -> bool:
    """Tell whether a text looks like one address: something, an @, and a domain with a dot."""
    return bool(re.fullmatch(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,180}\.[^\s@<>,;.]{2,60}", text.strip()))
