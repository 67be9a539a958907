"""Configuration. Every value that differs between places comes from the environment, typed by
``env.py``.

With nothing set the site runs on its embedded default: SQLite, a file-system queue and mail written
to files, all under ``VAR_DIR``. A public ``SITE_URL`` is production: there a secret that is
missing, a malformed value or a demo switch stops the start with a sentence that names the setting.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from lic_site import log, security, stores
from lic_site.env import Env, field_keys, is_public, kept_secrets, mailer, webhook
from lic_site.implementations import (  # noqa: F401 - each is a setting by standing here
    CALENDAR_SOURCES,
    CONCERN_SUBJECTS,
    FIRST_HOUR,
    IMPORTERS,
    NOTICE_KINDS,
    NOTICE_SEGMENTS,
    PERSONAL_DATA,
    ROLE_SOURCES,
    SURVEY_SUBJECTS,
    TICKS,
)

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
SITE_URL = env.url("SITE_URL", "http://localhost:8000", schemes={"http", "https"}).rstrip("/")
PRODUCTION = is_public(SITE_URL)
DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=False)
if PRODUCTION and (DEBUG or DEMO):
    raise ImproperlyConfigured(
        f"{'DEBUG' if DEBUG else 'DEMO'}=1 is refused while SITE_URL is public ({SITE_URL})."
    )
if PRODUCTION and not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL is public, so it must start with https://.")

# Secrets -------------------------------------------------------------------------------------
_kept = {} if PRODUCTION else kept_secrets(VAR_DIR)
SECRET_KEY = env.text("SECRET_KEY", _kept.get("SECRET_KEY"))
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])
FIELD_KEYS = field_keys(env.text("FIELD_KEYS", _kept.get("FIELD_KEYS")))
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters: make a longer one.")

# Applications --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "cms",
    "lic_site.portal",
    "cohorts.programme",
    "lic_site.surveys",
    "lic_site.concerns",
    "lic_site.notices",
    "lic_site.insight",
    "lic_site.accounts",
    "lic_site.common",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "lic_site.access.middleware",
    "lic_site.methods.middleware",
    "lic_site.health.middleware",
    "django.middleware.security.SecurityMiddleware",
    "lic_site.common.page_cache.middleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lic_site.accounts.middleware.person",
    "lic_site.accounts.middleware.SecondFactor",
    "lic_site.accounts.middleware.EditorGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "lic_site.urls"
WSGI_APPLICATION = "lic_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lic_site.portal.navigation.menus",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Hosts and headers ---------------------------------------------------------------------------
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS",
    [urlsplit(SITE_URL).hostname or ""]
    + ([] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]),
)
if PRODUCTION and any(host in {"*", "."} for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS lets every host name in: list the site's own.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_CSP = security.SITE_POLICY
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
X_FRAME_OPTIONS = "DENY"  # Wagtail frames its own previews itself
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 1 if PRODUCTION else 0)
METRICS_TOKEN = env.text("METRICS_TOKEN", "")

# Stores --------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", None if PRODUCTION else f"sqlite:///{VAR_DIR}/lic.sqlite3")
REDIS_URL = stores.redis(env.text("REDIS_URL", None if PRODUCTION else ""))
DATABASES = {"default": stores.database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = stores.caches(REDIS_URL)
# Pages for signed-out visitors are kept in each process; these query names tell pages apart.
PAGE_CACHE = env.flag("PAGE_CACHE", default=not DEBUG)
PAGE_CACHE_QUERY = {"page", "q", "topic", "borough", "year", "type"}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "build"] if (BASE_DIR / "build").is_dir() else []
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "lic_site.common.storage.PrivateStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
UPLOAD_LIMIT_MB = env.number("UPLOAD_LIMIT_MB", 20, least=1)
FILE_UPLOAD_HANDLERS = ["lic_site.common.uploads.handler.LimitedUploadHandler"]
CLAMAV_SOCKET = env.text("CLAMAV_SOCKET", "")

# Background work -----------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_RESULT_BACKEND = CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
TICK_SECONDS = env.number("TICK_SECONDS", 60, least=1)
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = stores.beat(TICKS, TICK_SECONDS)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = stores.transport(REDIS_URL, VAR_DIR)
TASKS = stores.background(REDIS_URL)

# Mail ----------------------------------------------------------------------------------------
EMAIL_URL = env.text("EMAIL_URL", None if PRODUCTION else f"file://{VAR_DIR}/mail")
MAILERS = {"default": mailer(EMAIL_URL), "sign_in": mailer(EMAIL_URL, longest=5)}
# What the provider tells of each message, at /webhooks/mail/PROVIDER/, is believed if it is signed.
MAIL_WEBHOOK_SECRET = env.text("MAIL_WEBHOOK_SECRET", "")
MAIL_PROVIDER, ANYMAIL = webhook(EMAIL_URL, MAIL_WEBHOOK_SECRET)
DEFAULT_FROM_EMAIL = env.sender(
    "FROM_EMAIL", None if PRODUCTION else "Programme office <office@localhost>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# How long a worker may hold a batch of messages, how long one delivery goes on before it hands
# over, and the first wait after a failed try (each further one up to three times as long).
NOTICE_LEASE_SECONDS = env.number("NOTICE_LEASE_SECONDS", 300)
NOTICE_DRAIN_SECONDS = env.number("NOTICE_DRAIN_SECONDS", 40)
NOTICE_BACKOFF_SECONDS = env.number("NOTICE_BACKOFF_SECONDS", 60)
NOTICE_QUIET_HOURS = env.flag("NOTICE_QUIET_HOURS", default=True)

# People and sign-in --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lic_site.accounts.adapters.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = security.PASSWORD_RULES
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
ACCOUNT_ADAPTER = "lic_site.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Every page and message about a code says 15 minutes.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"signup": "lic_site.accounts.forms.SignUpForm"}
ACCOUNT_RATE_LIMITS = security.SIGN_IN_LIMITS
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "lic_site.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Programme office"
# Tracking would write to the database with every page.
USERSESSIONS_TRACK_ACTIVITY = False

# Words, dates, logs --------------------------------------------------------------------------
LANGUAGE_CODE, TIME_ZONE = "en-gb", "Europe/London"
USE_TZ = USE_I18N = True
FORMAT_MODULE_PATH = ["lic_site.common.formats"]
LOCALE_PATHS = [BASE_DIR / "lic_site" / "locale"]
WAGTAIL_SITE_NAME = "Leadership in Colour"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED, WAGTAIL_GRAVATAR_PROVIDER_URL = False, None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
LOGGING = log.configuration(env.text("LOG_LEVEL", "INFO"))
SENTRY_DSN = env.text("SENTRY_DSN", "")
if SENTRY_DSN:
    log.report_errors(SENTRY_DSN, environment=urlsplit(SITE_URL).hostname or "")
