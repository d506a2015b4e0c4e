"""The shape of an ODS code. Source: NHS ODS, organisation codes of 3 to 10 capital letters and digits."""

import re


def is_ods_shape(text: str) -> bool:
    """Tell whether a text has the shape of an ODS code; whether it exists is another question."""
    return bool(re.fullmatch(r"[A-Z0-9]{3,10}", text))
