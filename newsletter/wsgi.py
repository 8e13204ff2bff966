import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsletter.settings")

application = get_wsgi_application()

# After the application, which loads the models.
from newsletter.page_cache import in_front_of  # noqa: E402

application = in_front_of(application)
