"""The content security policy: nothing inline, nothing from elsewhere (C22)."""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

OF_A_FILE = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""The policy of an answer that carries a file (C20): even opened by mistake it runs and fetches nothing."""
