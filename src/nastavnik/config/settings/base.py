"""Production settings; `demo` and `test` change a few lines."""

from pathlib import Path

from csp.constants import NONE, SELF

from nastavnik.config.databases import database
from nastavnik.config.env import env_bool, env_int, env_list, env_secret, env_str

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
DATA_ROOT = Path(env_str("DATA") or Path(env_str("HOME") or Path.cwd()) / "var")

DEMO = False
DEBUG = False
SECRET_KEY = env_secret("SECRET_KEY", env_str("SECRET_KEY_DEFAULT"))
ALLOWED_HOSTS = env_list("HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env_list("ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "nastavnik.shared",
    "nastavnik.tenancy",
    "nastavnik.accounts",
    "nastavnik.audit",
    "nastavnik.library",
    "nastavnik.documents",
    "nastavnik.roadmaps",
    "nastavnik.people",
    "nastavnik.surveys",
    "nastavnik.matching",
    "nastavnik.pairs",
    "nastavnik.events",
    "nastavnik.councils",
    "nastavnik.informing",
    "nastavnik.desk",
]

MIDDLEWARE = [
    "nastavnik.shared.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nastavnik.accounts.middleware.ActorMiddleware",
    "nastavnik.shared.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "nastavnik.config.urls"
WSGI_APPLICATION = "nastavnik.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "csp.context_processors.nonce",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nastavnik.shared.context.frame",
            ],
        },
    },
]

DATABASES = {"default": database(env_str("DATABASE"), str(DATA_ROOT / "nastavnik.sqlite3"))}
DB_ROLE = env_str("DB_ROLE")  # what web processes become on PostgreSQL (config.role)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "nastavnik.accounts.backend.PasswordBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "surname", "given", "patronymic", "email")},
    },
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/today/"

# A failed sign-in is counted for the login and for the address together: a stranger cannot lock a
# colleague out from another computer, and ten tries an hour is the bar.
AXES_FAILURE_LIMIT = 10
AXES_USERNAME_FORM_FIELD = "username"  # the form's name for it; by default the model's, `login`
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "nastavnik.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "nastavnik.accounts.client.client_address"
PROXIES = env_int("PROXIES", 0)

SESSION_ENGINE = "nastavnik.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env_bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if env_bool("HTTPS", default=True) else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# The address people reach the service at: it stands in the QR codes of papers.
SITE_URL = env_str("URL", "http://127.0.0.1:8000")

LANGUAGE_CODE = "ru"
TIME_ZONE = env_str("TIME_ZONE", "Europe/Moscow")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_ROOT / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_ROOT / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Numbers about whole registers; each process keeps its own (audit.remembered).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
REMEMBER_NUMBERS = True
# How long a process may trust its dictionaries before it asks whether another one changed them.
LIBRARY_FRESH_SECONDS = 3

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It tells at DEBUG which name it declines: never, whatever the root's level.
    "loggers": {"pytrovich": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other sites of the same domain are not ours to bind to TLS
    "security.W008",  # TLS ends at the proxy in front of the service
    "security.W021",  # nor to enter into browsers' lists
]
