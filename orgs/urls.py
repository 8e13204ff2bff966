from django.urls import path

from . import views

app_name = "orgs"
urlpatterns = [
    path("orgs/", views.OrganizationListView.as_view(), name="list"),
    path("orgs/<slug:slug>/", views.OrganizationDetailView.as_view(), name="detail"),
]
files = ([path("orgs/<slug:slug>/logo", views.logo, name="logo")], "organization_files")
