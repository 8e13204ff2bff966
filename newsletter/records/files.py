"""Stored files on their way to a browser."""

from hashlib import blake2b

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response


def stored_file_response(request, name, opened, **kwargs):
    """The stored file `name`, which `opened()` opens, or 304 to who has it; 404 if it is lost.

    No other content ever gets the name, so that the tag is made of it, and who asks again costs the store nothing.
    """
    tag = f'"{blake2b(repr((name, kwargs)).encode(), digest_size=12).hexdigest()}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        try:
            response = FileResponse(opened(), **kwargs)
        except OSError:
            raise Http404 from None
    response["ETag"] = tag
    return response
