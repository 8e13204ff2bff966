import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsletter.settings")

application = get_wsgi_application()

# After the application, which loads the models.
from django.urls import get_resolver  # noqa: E402

from newsletter.page_cache import in_front_of  # noqa: E402

# All views now, so that workers which are forked from here share them.
get_resolver().url_patterns  # noqa: B018
application = in_front_of(application)
