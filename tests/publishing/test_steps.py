"""Which step leads from which state to which, for everything that can be published."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import timezone

from newsletter.publishing.models import TransitionRefused
from newsletter.records.models import EditConflict
from tests.factories import FUTURE, PAST, published, staff, withdrawn
from tests.publishing.kinds import KINDS, STARTS, make, stored

pytestmark = pytest.mark.django_db


@dataclass
class Step:
    name: str
    ends: str
    starts: tuple
    values: dict


STEPS = [
    Step("submit", "review", ("draft", "draft with a time", "withdrawn"), {}),
    Step("send_back", "draft", ("review",), {"note": "请核对日期"}),
    Step("publish", "published", ("draft", "draft with a time", "review", "withdrawn"), {}),
    Step("unschedule", "draft", ("scheduled",), {}),
    Step("withdraw", "withdrawn", ("published",), {"reason": "时间有误"}),
]
TABLE = [
    pytest.param(step, start, id=f"{step.name} from {start}{'' if start in step.starts else ' is refused'}")
    for step in STEPS
    for start in STARTS
]


@KINDS
@pytest.mark.parametrize(("step", "start"), TABLE)
def test_step_leads_to_its_state_or_is_refused_and_changes_nothing(draft, step, start):
    row, editor = make(draft, **STARTS[start]), staff()
    before, in_memory = stored(row), row.__dict__.copy()

    if start in step.starts:
        getattr(row, step.name)(by=editor, **step.values)

        after = stored(row)
        assert (after["state"], after["modified_by_id"], after["version"]) == (step.ends, editor.pk, 2)
        assert (row.state, row.version) == (step.ends, 2)
    else:
        with pytest.raises(TransitionRefused):
            getattr(row, step.name)(by=editor, **step.values)

        assert stored(row) == before
        assert row.__dict__ == in_memory


@KINDS
def test_publishing_says_who_and_since_when(draft):
    row, editor, before = make(draft), staff(), timezone.now()

    row.publish(by=editor)

    row.refresh_from_db()
    assert row.published_by == editor
    assert before <= row.publish_at == row.first_public_at <= timezone.now()


@KINDS
def test_publishing_uses_the_time_that_the_editor_has_set(draft):
    row = make(draft, publish_at=FUTURE)

    row.publish()

    row.refresh_from_db()
    assert (row.publish_at, row.first_public_at) == (FUTURE, FUTURE)
    assert row.is_scheduled()


@KINDS
def test_publishing_with_a_time_gone_by_is_news_from_now(draft):
    row, before = make(draft, publish_at=PAST), timezone.now()

    row.publish()

    row.refresh_from_db()
    assert row.publish_at == PAST
    assert before <= row.first_public_at <= timezone.now()


@KINDS
def test_publishing_again_keeps_when_it_was_first_public_and_clears_the_withdrawal(draft):
    row = make(draft, **withdrawn(PAST))

    row.publish()

    row.refresh_from_db()
    assert row.is_published()
    assert row.first_public_at == PAST
    assert (row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason) == (None, None, "")


@KINDS
def test_what_readers_have_seen_cannot_be_published_again_for_later(draft):
    row = make(draft, **withdrawn(PAST))
    before = stored(row)

    # Until then its address would forget that it was withdrawn, and why.
    with pytest.raises(TransitionRefused):
        row.publish(at=FUTURE)

    assert stored(row) == before


@KINDS
def test_unscheduling_makes_it_as_if_it_had_never_been_published(draft):
    row = make(draft, **published(FUTURE))

    row.unschedule()

    row.refresh_from_db()
    assert (row.state, row.first_public_at) == ("draft", None)


@KINDS
def test_what_readers_have_seen_is_not_unscheduled(draft):
    row = make(draft, **{**published(FUTURE), "first_public_at": PAST})
    before = stored(row)

    with pytest.raises(TransitionRefused):
        row.unschedule()

    assert stored(row) == before


@KINDS
def test_withdrawing_says_who_when_and_why(draft):
    row, editor, before = make(draft, **published()), staff(), timezone.now()

    row.withdraw(reason=" 时间\u200b有误 ", by=editor)

    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawal_reason, row.first_public_at) == (editor, "时间有误", PAST)
    assert before <= row.withdrawn_at <= timezone.now()


@KINDS
@pytest.mark.parametrize("reason", ["", " \n", "\u3000", "\u200b", "\x00"], ids=ascii)
def test_withdrawing_without_a_reason_is_refused(draft, reason):
    row = make(draft, **published())
    before = stored(row)

    with transaction.atomic(), pytest.raises(TransitionRefused):
        row.withdraw(reason=reason)

    assert stored(row) == before


@KINDS
def test_step_of_the_second_of_two_editors_is_refused(draft):
    first = make(draft, **published())
    second = type(first).objects.get()
    first.withdraw(reason="时间有误")
    before, in_memory = stored(first), second.__dict__.copy()

    with pytest.raises(EditConflict):
        second.withdraw(reason="地点有误")

    assert stored(first) == before
    assert second.__dict__ == in_memory
