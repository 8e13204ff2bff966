from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from .text import is_storable


def refuse_unstorable_addresses(get_response):
    """Answer 400 to an address with characters that no text of ours can hold.

    A NUL in a look-up is "not found" on SQLite and an error on PostgreSQL; here it is the same on both.
    """

    def middleware(request):
        try:
            # WSGI hands bytes over as Latin-1.
            query = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")).decode()
        except UnicodeDecodeError as error:
            raise BadRequest(_("The address is damaged.")) from error
        if not is_storable(request.path_info) or not is_storable(query):
            raise BadRequest(_("The address is damaged."))
        return get_response(request)

    return middleware
