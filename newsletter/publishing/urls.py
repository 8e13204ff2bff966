from django.urls import path

from . import views

app_name = "publishing"
urlpatterns = [
    path("preview/<str:token>/", views.preview, name="preview"),
    path("preview/<str:token>/<path:path>", views.preview),
]
