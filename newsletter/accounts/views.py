from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def session(request):
    """Who is logged in, and the CSRF token of now: an open form asks before it is sent.

    `{"user": id or null, "token": text}`. Other sites cannot read it: no header lets them.
    """
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})
