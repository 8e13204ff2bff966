"""What a site is measured against: applications that send the same bytes and headers from memory.

BARE_PAGES names a file with `{path with query: [headers, body]}`, pickled.
"""

import os
import pickle
from pathlib import Path

PAGES = pickle.loads(Path(os.environ["BARE_PAGES"]).read_bytes())


def wsgi(environ, start_response):
    """A bare WSGI application."""
    query = environ["QUERY_STRING"]
    headers, body = PAGES[environ["PATH_INFO"] + ("?" + query if query else "")]
    start_response("200 OK", headers)
    return [body]


def django():
    """A minimal site of Django: one view and no middleware."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import re_path

    def view(request):
        headers, body = PAGES[request.get_full_path()]
        return HttpResponse(body, headers=dict(headers))

    settings.configure(
        ALLOWED_HOSTS=["*"], ROOT_URLCONF=(re_path("", view),), SECRET_KEY="bare", MIDDLEWARE=(), USE_TZ=True
    )
    return get_wsgi_application()
