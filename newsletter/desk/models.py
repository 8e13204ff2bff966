from .findings.models import ParagraphDigest, PersonalDataConfirmation, WatchedWord

__all__ = ["ParagraphDigest", "PersonalDataConfirmation", "WatchedWord"]
