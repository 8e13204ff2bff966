"""What "public" means, for everything that can be published."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import FUTURE, IN_REVIEW, PAST, published, withdrawn
from tests.publishing.kinds import HOUR, KINDS, STARTS, make, stored

pytestmark = pytest.mark.django_db


@KINDS
@pytest.mark.parametrize("at", [PAST - HOUR, PAST, PAST + HOUR, FUTURE - HOUR, FUTURE, FUTURE + HOUR])
def test_queries_and_questions_agree_in_every_state_at_every_moment(draft, at):
    rows = [make(draft, **values) for values in STARTS.values()]
    rows += [make(draft, **{**IN_REVIEW, "publish_at": PAST}), make(draft, **withdrawn(FUTURE))]
    objects = type(rows[0]).objects

    assert [*objects.published(at).order_by("pk")] == [row for row in rows if row.is_published(at)]
    assert [*objects.scheduled(at).order_by("pk")] == [row for row in rows if row.is_scheduled(at)]


@KINDS
@pytest.mark.parametrize(
    ("at", "public"),
    [
        (PAST - HOUR, []),
        (PAST, ["published"]),
        (FUTURE - HOUR, ["published"]),
        (FUTURE, ["scheduled", "published"]),
    ],
)
def test_public_is_what_is_published_and_whose_time_has_come(draft, at, public):
    rows = {name: make(draft, **values) for name, values in STARTS.items()}

    assert [name for name, row in rows.items() if row.is_published(at)] == public
    assert {*type(rows["draft"]).objects.published(at)} == {rows[name] for name in public}


@KINDS
def test_scheduled_is_seen_when_its_time_comes_without_any_job(draft):
    row = make(draft)
    row.publish(at=timezone.now() + HOUR)
    objects = type(row).objects

    assert ([*objects.published()], [*objects.scheduled()]) == ([], [row])
    later = row.publish_at + HOUR
    assert ([*objects.published(later)], [*objects.scheduled(later)]) == ([row], [])


@KINDS
def test_states_have_their_queries(draft):
    rows = {name: make(draft, **values) for name, values in STARTS.items()}
    objects = type(rows["draft"]).objects

    assert {*objects.drafts()} == {rows["draft"], rows["draft with a time"]}
    assert [*objects.awaiting_review()] == [rows["review"]]


@KINDS
@pytest.mark.parametrize(
    ("start", "seen"),
    [
        ("draft", False),
        ("draft with a time", False),
        ("review", False),
        ("scheduled", False),
        ("published", True),
        ("withdrawn", True),
    ],
)
def test_was_public_if_a_reader_can_ever_have_seen_it(draft, start, seen):
    assert make(draft, **STARTS[start]).was_public() == seen


# Editing what is published.


@KINDS
def test_moving_a_scheduled_thing_moves_when_it_is_first_public(draft):
    row = make(draft, **published(FUTURE))

    row.publish_at = FUTURE + HOUR
    row.full_clean()
    row.save()

    assert stored(row)["first_public_at"] == FUTURE + HOUR


@KINDS
def test_moving_a_scheduled_thing_to_a_time_gone_by_makes_it_public_now(draft):
    row, before = make(draft, **published(FUTURE)), timezone.now()

    row.publish_at = PAST
    row.full_clean()
    row.save()

    assert row.is_published()
    assert before <= stored(row)["first_public_at"] <= timezone.now()


@KINDS
@pytest.mark.parametrize("publish_at", [FUTURE, None])
def test_what_is_public_cannot_be_pushed_into_the_future(draft, publish_at):
    row = make(draft, **published(PAST))
    row.publish_at = publish_at

    with pytest.raises(ValidationError) as refused:
        row.full_clean(exclude=["state", "first_public_at"])

    assert [*refused.value.message_dict] == ["publish_at"]


@KINDS
def test_feed_identity_is_each_things_own_and_never_changes(draft):
    row, other = make(draft), make(draft)
    born_with = row.uuid

    row.publish()
    row.withdraw(reason="时间有误")
    row.publish()

    row.refresh_from_db()
    assert row.uuid == born_with != other.uuid
