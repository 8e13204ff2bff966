from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from newsletter.records.admin import RecordAdmin, RecordForm

from .models import User

# The groups' permissions are a table in the code (newsletter.desk.roles), which `migrate` applies anew.
admin.site.unregister(Group)


class AccountForm(RecordForm, UserChangeForm):
    pass


@admin.register(User)
class UserAdmin(RecordAdmin, BaseUserAdmin):
    form = AccountForm
    list_display = ("username", "name", "group_names", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("username", "name", "email")
    filter_horizontal = ("groups",)
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = (
        (None, {"fields": ("username", "name", "usable_password", "password1", "password2")}),
        (_("What this person may do"), {"fields": ("is_staff", "groups")}),
    )

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        return (
            (None, {"fields": ("username", "password", "name", "email", "language")}),
            (
                _("What this person may do"),
                {
                    "description": _(
                        "Correspondents write drafts, editors edit everything, the chief editor publishes, "
                        "administrators manage accounts. “Staff status” lets a person into these pages at all."
                    ),
                    "fields": ("is_active", "is_staff", "groups", *(["is_superuser"] * request.user.is_superuser)),
                },
            ),
            (_("Dates"), {"classes": ["collapse"], "fields": ("last_login", "date_joined")}),
            *self.record_fieldsets(obj),
        )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request, obj=None):
        # Nobody but a superuser changes a superuser: a new password would be a way to become one.
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_delete_permission(request, obj)

    @admin.display(description=_("groups"))
    def group_names(self, user):
        return "、".join(group.name for group in user.groups.all())
