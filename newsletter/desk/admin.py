from .findings import admin as findings_admin  # noqa: F401 (registers its models)
