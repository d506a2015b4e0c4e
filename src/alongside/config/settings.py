"""The one settings module: reads the environment, and stops with a paragraph when something is missing."""

from __future__ import annotations

from pathlib import Path

from alongside.config import environment as env
from alongside.design.security import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent

MODE = env.choice("ALONGSIDE_MODE", "demo", ("demo", "live"))
DEMO = MODE == "demo"
DEBUG = False

SECRET_KEY = env.text("ALONGSIDE_SECRET_KEY", "demo-only-" + "0" * 50 if DEMO else None)
VAULT_KEYS = env.keys("ALONGSIDE_VAULT_KEYS", "demo-only-vault-key" if DEMO else None)
JOURNAL_KEYS = env.words("ALONGSIDE_JOURNAL_KEY", "demo-only-" + "1" * 50 if DEMO else None)
ALLOWED_HOSTS = env.words("ALONGSIDE_HOSTS", "127.0.0.1,localhost,testserver" if DEMO else "")
CSRF_TRUSTED_ORIGINS = env.words("ALONGSIDE_ORIGINS", "")

DATABASE_ADDRESS = env.text("ALONGSIDE_DATABASE", f"sqlite:///{ROOT / 'data' / 'alongside.sqlite3'}")
DATABASES = {"default": env.database(DATABASE_ADDRESS, keeps=not DEMO)}
# The public key that copies are sealed for; the private one is never here (ADR 0018).
BACKUP_RECIPIENT = env.text("ALONGSIDE_BACKUP_RECIPIENT", "")
BACKUP_TO = env.text("ALONGSIDE_BACKUP_TO", str(ROOT / "data" / "copies"))
BACKUP_KEEP = env.number("ALONGSIDE_BACKUP_KEEP", 200)
# A file of public keys, each for the readers of one pack for when the hub cannot be reached (ADR 0026).
DOWNTIME_KEYS = env.text("ALONGSIDE_DOWNTIME_KEYS", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "alongside.config.apps.ConfigConfig",
    "alongside.backups",
    "alongside.demo",
    "alongside.rights",
    "alongside.downtime",
    "alongside.web",
    "alongside.api",
    "alongside.exchange",
    "alongside.exports",
    "alongside.journey.handovers",
    "alongside.journey.care_contacts",
    "alongside.journey.assessments",
    "alongside.journey.referrals",
    "alongside.journey.directory",
    "alongside.safety",
    "alongside.messages",
    "alongside.members",
    "alongside.people",
    "alongside.access",
    "alongside.hubs",
    "alongside.journal",
    "alongside.files",
    "alongside.design",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "alongside.design.middleware.OnePolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before anything asks the database who somebody is: what is put off must cost nothing.
    "alongside.web.crowd.Crowd",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "alongside.access.middleware.WhoIsAsking",
    "alongside.web.middleware.RefusalsBecomePages",
    # Last, so that "show that it is you" reaches the sign-in library before it is taken for a fault.
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "alongside.access.shell.shell",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "DIRS": [],
        "OPTIONS": {
            "environment": "alongside.design.jinja.environment",
            "context_processors": ["alongside.design.context.one_csrf_input", "alongside.access.shell.shell"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [PACKAGE / "access" / "templates"],
        "OPTIONS": {"context_processors": [*_CONTEXT, "django.contrib.auth.context_processors.auth"]},
    },
]
FORM_RENDERER = "alongside.design.forms.Renderer"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["alongside.locale.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_DIRS = [("nhsuk", ROOT / "vendor" / "nhsuk-frontend")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

AUTHENTICATION_BACKENDS = ["alongside.access.backend.Accounts"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/hat/"
ACCOUNT_ADAPTER = "alongside.access.adapter.InvitedOnly"
ACCOUNT_FORMS = {
    "login": "alongside.access.forms.SignIn",
    "change_password": "alongside.access.forms.ChangePassword",
    "reauthenticate": "alongside.access.forms.PasswordAgain",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # ours count in the database (access/counting.py)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "alongside.access.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "alongside.access.forms.SecondFactorCode",
    "reauthenticate": "alongside.access.forms.SecondFactorCodeAgain",
    "activate_totp": "alongside.access.forms.SetUpSecondFactor",
    "add_webauthn": "alongside.access.forms.AddPasskey",
    "edit_webauthn": "alongside.access.forms.RenamePasskey",
    "login_webauthn": "alongside.access.forms.SignInWithPasskey",
}
MFA_TOTP_ISSUER = "Alongside"

# Lets connections go to stand-ins on this machine, which is for tests: live mode does not start with it (config/checks.py).
STAND_INS = env.yes("ALONGSIDE_STAND_INS")

# Signing in elsewhere: staff as by CIS2, people as by NHS login (connections/openid.py; ADR 0017). Each may be absent.
OPENID = {
    "staff": env.openid(
        "ALONGSIDE_OPENID_STAFF_ISSUER",
        "ALONGSIDE_OPENID_STAFF_CLIENT",
        "ALONGSIDE_OPENID_STAFF_KEY",
        "ALONGSIDE_OPENID_STAFF_KEY_ID",
        "ALONGSIDE_OPENID_STAFF_ASKS",
        usually={"scope": "openid", "acr_values": "AAL2_OR_AAL3_ANY"},
        stand_ins=DEMO and STAND_INS,
    ),
    "people": env.openid(
        "ALONGSIDE_OPENID_PEOPLE_ISSUER",
        "ALONGSIDE_OPENID_PEOPLE_CLIENT",
        "ALONGSIDE_OPENID_PEOPLE_KEY",
        "ALONGSIDE_OPENID_PEOPLE_KEY_ID",
        "ALONGSIDE_OPENID_PEOPLE_ASKS",
        usually={"scope": "openid profile", "vtr": '["P9.Cp.Cd","P9.Cp.Ck","P9.Cm"]'},
        stand_ins=DEMO and STAND_INS,
    ),
}
# A browser checks where a form leads, and where that leads to in turn.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [
    *CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"],
    *env.origins(OPENID, env.words("ALONGSIDE_OPENID_ORIGINS", "")),
]

# A browser takes a cookie of such a name only from this very host, over https, for the whole of it: no other name under it can set one.
COOKIE_PREFIX = "" if DEMO else "__Host-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
SESSION_ENGINE = "alongside.access.sessions"
CSRF_FAILURE_VIEW = "alongside.web.middleware.form_too_old"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
BEHIND_PROXY = env.yes("ALONGSIDE_BEHIND_PROXY")
PROXIES = env.words("ALONGSIDE_PROXIES", "127.0.0.1,::1")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
RECORDS_AN_HOUR = env.number("ALONGSIDE_RECORDS_AN_HOUR", 30, largest=1_000_000)
# Ours: a day at the door, with sixty people waiting and looked at every two minutes, stays below it.
ROWS_AN_HOUR = env.number("ALONGSIDE_ROWS_AN_HOUR", 2_000, largest=1_000_000)
# Ours: of the finder and the open directory, in a minute; 0 is without a limit. A hub, a library and a telephone company each have
# one address for many people, so that of one is not small (web/crowd.py).
FINDER_A_MINUTE = env.number("ALONGSIDE_FINDER_A_MINUTE", 120, smallest=0, largest=1_000_000)
FINDER_A_MINUTE_IN_ALL = env.number("ALONGSIDE_FINDER_A_MINUTE_IN_ALL", 1_200, smallest=0, largest=1_000_000)
# How many requests one server process works at at once: ./alongside serve starts it with as many.
AT_ONCE = env.number("ALONGSIDE_AT_ONCE", 4, largest=256)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("ALONGSIDE_SMTP_HOST", "")
EMAIL_PORT = env.number("ALONGSIDE_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("ALONGSIDE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("ALONGSIDE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.yes("ALONGSIDE_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("ALONGSIDE_EMAIL_FROM", "hub@alongside.example")
BOUNCES = env.mailbox("ALONGSIDE_BOUNCES")
NOTIFY_URL = env.text("ALONGSIDE_NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_KEY = env.text("ALONGSIDE_NOTIFY_KEY", "")
NOTIFY_TEXT_TEMPLATE = env.text("ALONGSIDE_NOTIFY_TEXT_TEMPLATE", "")
NOTIFY_LETTER_TEMPLATE = env.text("ALONGSIDE_NOTIFY_LETTER_TEMPLATE", "")
NOTIFY_CALLBACK_TOKEN = env.text("ALONGSIDE_NOTIFY_CALLBACK_TOKEN", "")
HUB = env.text("ALONGSIDE_HUB", "")
PUBLIC_ADDRESS = env.text("ALONGSIDE_ADDRESS", f"http://127.0.0.1:{env.number('ALONGSIDE_PORT', 8000)}" if DEMO else None)

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_HANDLERS = ["alongside.files.received.InMemory"]
# Shared by every process: here stands which code of an authenticator app was used already.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"}}

# What is never logged: names, numbers, free text, request bodies, query strings (ADR 0009).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "alongside": {"level": "INFO"},
        "django.request": {"level": "CRITICAL"},
        "notifications_python_client": {"level": "CRITICAL"},
        "weasyprint": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
# Whether a domain goes on the browsers' own lists (preload) is decided by whoever owns it, for every other service under it too.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
