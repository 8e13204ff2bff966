"""Every setting that an installation may change is an environment variable, described in docs/operating.md.

A site whose SITE_URL is a loopback address runs with no settings at all. Any other address is
production: it refuses to start without its own secret key and hosts, or with DEBUG.
"""

import secrets
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Every absolute address (feeds, sitemap, mail) is built from this one, never from the Host header.
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname or _site.path:
    raise ImproperlyConfigured("SITE_URL must be like https://news.example.org, without a path.")
IS_LOOPBACK = _site.hostname in {"127.0.0.1", "localhost", "::1"}


def _local_secret_key():
    """The random key of a loopback installation, made once and kept in VAR_DIR."""
    path = VAR_DIR / "secret_key"
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if IS_LOOPBACK:
    SECRET_KEY = SECRET_KEY or _local_secret_key()
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
else:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is for loopback addresses; SITE_URL is a public one.")
    if not SECRET_KEY:
        raise ImproperlyConfigured("Set SECRET_KEY: SITE_URL is a public address.")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS: SITE_URL is a public address.")

SECURE_SSL = _site.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL else None
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "newsletter.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_prose_editor",
    "imagefield",
    "import_export",
    "reversion",
    "taggit",
    "newsletter.records",
    "newsletter.accounts",
    "newsletter.search",
    "orgs",
    "newsletter.publishing",
    "newsletter.pages",
    "newsletter.events",
    "newsletter.awards",
    "newsletter.articles",
    "newsletter.editions",
    "newsletter.intake",
    "newsletter.desk",
    "newsletter.operations",
    "newsletter.years",
    "newsletter.page_cache",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsletter.publishing.languages.language_of_the_address",
    "newsletter.records.middleware.refuse_unstorable_addresses",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsletter.accounts.middleware.staff_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsletter.urls"
WSGI_APPLICATION = "newsletter.wsgi.application"

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
                "newsletter.publishing.context_processors.publication",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsletter.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Stock settings answer concurrent saves with "database is locked": see docs/decisions/0003-sqlite-settings.md.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60
# Read-only copies that follow a PostgreSQL database: readers are answered from them (newsletter.page_cache.replicas).
REPLICAS = []
for url in env.list("REPLICA_URLS", default=[]):
    if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("REPLICA_URLS are copies of a PostgreSQL database, and DATABASE_URL names none.")
    replica = env.db_url_config(url)
    # A machine that is gone must not hold up readers: they are answered from elsewhere. Both are libpq's own.
    replica["OPTIONS"] = {"connect_timeout": 2, "tcp_user_timeout": 2000, **replica.get("OPTIONS", {})}
    REPLICAS.append(f"replica-{len(REPLICAS) + 1}")
    DATABASES[REPLICAS[-1]] = {**replica, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
if REPLICAS:
    DATABASE_ROUTERS = ["newsletter.records.databases.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "newsletter.records.formats"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
# The name of a bucket for uploads instead of folders of VAR_DIR, for sites of several machines.
MEDIA_BUCKET = env("MEDIA_BUCKET", default="")
if MEDIA_BUCKET and not find_spec("storages"):
    raise ImproperlyConfigured("MEDIA_BUCKET needs the packages of requirements-s3.txt.")
# For staff only: readers get files from views that ask whether they may.
MEDIA_URL = "/admin/files/"


def _bucket(location):
    options = {"bucket_name": MEDIA_BUCKET, "location": location}
    return {"BACKEND": "newsletter.records.buckets.Bucket", "OPTIONS": options}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # For two days uploads of refused forms, for one spreadsheets that were looked at (newsletter.records).
    "kept": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "kept-uploads",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    **({"default": _bucket("media"), "kept": _bucket("kept-uploads")} if MEDIA_BUCKET else {}),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsletter.styles.StaticFilesStorage"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# A story with forty photos posts about 600 fields; Django's limit of 1,000 would refuse a long edition.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
# Text and files of one form together: ten photos of the largest size, or forty as phones make them.
UPLOAD_MAX_BYTES = 200 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "newsletter.records.uploads.WholeUploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CSRF_FAILURE_VIEW = "newsletter.desk.refused.csrf_failure"

# Addresses made from Chinese tags go through pinyin (see newsletter.articles.models.Tag), not through stripping.
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "newsletter.articles.tags.tags_from_text"
IMAGEFIELD_BIN_DEPTH = 2

# The largest picture that is decoded at all: a 169-megapixel PNG is half a megabyte of file and a gigabyte of memory.
PICTURE_MAX_BYTES = 20 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000
# Stored pictures are re-encoded to at most this many pixels on the long side: enough for print at half a page.
PICTURE_LONG_SIDE = 2560

# The file of the Chinese font in which cards of stories are drawn, of a collection with the number of its face:
# /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc#2. Empty: fontconfig is asked for one.
CARD_FONT = env("CARD_FONT", default="")
if CARD_FONT and not Path(CARD_FONT.partition("#")[0]).is_file():
    raise ImproperlyConfigured("CARD_FONT must be the path of a font file.")

# How many megabytes of public pages are kept as they were sent; 0 switches the page cache off.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=0 if DEBUG else 32)

# How many reviews a text passes before readers see it: 初审, 复审 and 终审 are three; one is the final one alone.
if env("REVIEWS", default="1") not in {"1", "2", "3"}:
    raise ImproperlyConfigured("REVIEWS must be 1, 2 or 3.")
REVIEWS = env.int("REVIEWS", default=1)

# The WebSub hub that feeds name and that `manage.py announce` tells of every change. Empty: subscribers just ask again.
WEBSUB_HUB = env("WEBSUB_HUB", default="")
if WEBSUB_HUB and urlsplit(WEBSUB_HUB).scheme not in {"http", "https"}:
    raise ImproperlyConfigured("WEBSUB_HUB must be an address such as https://hub.example.org/.")
