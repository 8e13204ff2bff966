from django.urls import path

from . import views

app_name = "editions"
urlpatterns = [
    path("editions/", views.EditionListView.as_view(), name="list"),
    path("editions/<id:pk>/", views.EditionDetailView.as_view(), name="detail"),
    path("editions/<id:pk>/pages/<id:number>.pdf", views.page_file, name="page_file"),
]
