"""The permission table: what each group of staff may do. `migrate` keeps the groups' permissions as they stand here."""

from django.contrib.auth.models import Group, Permission

CORRESPONDENT, EDITOR, CHIEF_EDITOR, ADMINISTRATOR = "通讯员", "编辑", "总编", "管理员"

_ALL = ("view", "add", "change", "delete")
_WRITE = ("view", "add", "change")
_REVIEWED = (*_ALL, "review")
_STORY_PARTS = ("photo", "attachment", "figure", "articleorganization", "articleevent", "articleaward")

_correspondent = {
    **dict.fromkeys((f"articles.{part}" for part in _STORY_PARTS), _ALL),
    "articles.article": _WRITE,
    "articles.section": ("view",),
    "articles.tag": ("view",),
    "articles.unit": ("view",),
    "orgs.organization": ("view",),
    "events.event": ("view",),
    "events.eventtype": ("view",),
    "awards.award": ("view",),
}
_editor = {
    **_correspondent,
    "articles.article": (*_REVIEWED, "edit_every"),
    "articles.section": _WRITE,
    "articles.tag": _ALL,
    "articles.unit": _WRITE,
    "orgs.organization": _WRITE,
    "orgs.organizationname": _ALL,
    "events.event": _REVIEWED,
    "events.eventtype": _WRITE,
    "events.eventseries": _WRITE,
    "events.participation": _ALL,
    "awards.award": _REVIEWED,
    "awards.recipient": _ALL,
    "editions.edition": _REVIEWED,
    "editions.editionitem": _ALL,
    "editions.editionpage": _ALL,
    "intake.pageimport": _WRITE,
    "pages.page": (*_WRITE, "review"),
    "desk.watchedword": _ALL,
    "desk.personaldataconfirmation": ("view",),
}
_chief_editor = {
    **_editor,
    **{
        f"{label}": (*_editor[label], "publish", *({"delete"} - {*_editor[label]}))
        for label in ("articles.article", "events.event", "awards.award", "editions.edition", "pages.page")
    },
    "articles.section": _ALL,
    "articles.unit": _ALL,
    "events.eventtype": _ALL,
    "events.eventseries": _ALL,
    "orgs.organization": (*_ALL, "merge"),
    "orgs.merger": ("view",),
    "intake.pageimport": _ALL,
    "publishing.publication": ("view", "change"),
    "records.auditentry": ("view",),
}
_administrator = {
    "accounts.user": _ALL,
    "records.auditentry": ("view",),
    "orgs.organization": ("view",),
    "publishing.publication": ("view", "change"),
}

# {group: {"app.model": actions}}
ROLES = {
    CORRESPONDENT: _correspondent,
    EDITOR: _editor,
    CHIEF_EDITOR: _chief_editor,
    ADMINISTRATOR: _administrator,
}


def grant_permissions(**kwargs):
    """Give each group exactly the permissions of the table. Called when `migrate` has made all permissions."""
    permissions = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, table in ROLES.items():
        granted = [
            permissions[label.split(".")[0], f"{action}_{label.split('.')[1]}"]
            for label, actions in table.items()
            for action in actions
        ]
        Group.objects.get_or_create(name=name)[0].permissions.set(granted)
