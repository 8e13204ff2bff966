from django.utils import translation


def staff_language(get_response):
    """Show a member of staff the admin in the language of their account; public pages go by their address."""

    def middleware(request):
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            with translation.override(request.user.language):
                return get_response(request)
        return get_response(request)

    return middleware
