"""Differences between two texts, in words a reader of Chinese sees: never in HTML."""

from diff_match_patch import diff_match_patch
from django.utils.html import format_html, format_html_join

# Unchanged text around a change; the rest is left out.
CONTEXT = 40


def marked(old, new):
    """Safe HTML: what went in `<del>`, what came in `<ins>`, unchanged text shortened to the change's surroundings."""
    engine = diff_match_patch()
    changes = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(changes)
    last = len(changes) - 1
    return format_html_join(
        "", "{}", ([_shown(kind, text, number == 0, number == last)] for number, (kind, text) in enumerate(changes))
    )


def side_by_side(old, new):
    """Both texts whole, as safe HTML: what only the first has is in `<del>`, what only the second has in `<ins>`."""
    engine = diff_match_patch()
    changes = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(changes)
    return (
        format_html_join("", "{}", ([_whole(kind, text)] for kind, text in changes if kind <= 0)),
        format_html_join("", "{}", ([_whole(kind, text)] for kind, text in changes if kind >= 0)),
    )


def _whole(kind, text):
    return text if kind == 0 else format_html("<del>{}</del>" if kind < 0 else "<ins>{}</ins>", text)


def changed_passages(old, new):
    """`[(key, label, marked words), …]` of the passages that differ between two `{key: (label, words)}`."""
    keys = dict.fromkeys([*new, *old])
    found = []
    for key in keys:
        label = (new.get(key) or old.get(key))[0]
        before, after = (passages.get(key, ("", ""))[1] for passages in (old, new))
        if before != after:
            found.append((key, label, marked(before, after)))
    return found


def _shown(kind, text, is_first, is_last):
    if kind != 0:
        return _whole(kind, text)
    head = "" if is_first else text[:CONTEXT]
    tail = "" if is_last else text[-CONTEXT:]
    if len(head) + len(tail) >= len(text):
        return text if head or tail or (is_first and is_last) else ""
    return f"{head}…{tail}"
