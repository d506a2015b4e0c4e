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
ALLOWED_HOSTS = env.words("ALONGSIDE_HOSTS", "127.0.0.1,localhost,testserver" if DEMO else "")
CSRF_TRUSTED_ORIGINS = env.words("ALONGSIDE_ORIGINS", "")

DATABASES = {
    "default": env.database(
        env.text("ALONGSIDE_DATABASE", f"sqlite:///{ROOT / 'data' / 'alongside.sqlite3'}"),
        keeps=not DEMO,
    )
}
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
    "alongside.demo",
    "alongside.web",
    "alongside.api",
    "alongside.exchange",
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
    "alongside.design",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "alongside.design.middleware.OnePolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
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
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "alongside.access.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "alongside.access.forms.SecondFactorCode",
    "reauthenticate": "alongside.access.forms.SecondFactorCodeAgain",
    "activate_totp": "alongside.access.forms.SetUpSecondFactor",
}
MFA_TOTP_ISSUER = "Alongside"

SESSION_ENGINE = "alongside.access.sessions"
CSRF_FAILURE_VIEW = "alongside.web.middleware.form_too_old"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.yes("ALONGSIDE_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("ALONGSIDE_SMTP_HOST", "")
EMAIL_PORT = env.number("ALONGSIDE_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("ALONGSIDE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("ALONGSIDE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.yes("ALONGSIDE_SMTP_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("ALONGSIDE_EMAIL_FROM", "hub@alongside.example")
HUB = env.text("ALONGSIDE_HUB", "")
PUBLIC_ADDRESS = env.text("ALONGSIDE_ADDRESS", f"http://127.0.0.1:{env.number('ALONGSIDE_PORT', 8000)}" if DEMO else None)

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# What is never logged: names, numbers, free text, request bodies, query strings (ADR 0009).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"alongside": {"level": "INFO"}, "django.request": {"level": "CRITICAL"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
