from django.utils import translation


def staff_language(get_response):
    """Show a member of staff every page in the language of their account; everybody else reads the site's own."""

    def middleware(request):
        # A public page without a session stays free of any look-up.
        if "sessionid" in request.COOKIES and request.user.is_authenticated:
            with translation.override(request.user.language):
                return get_response(request)
        return get_response(request)

    return middleware
