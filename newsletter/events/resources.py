from django.db.models import Q

from newsletter.publishing.spreadsheets import PublishableResource
from newsletter.records.spreadsheets.columns import Choice, Day, Key, Named, Number, Text, Time
from newsletter.records.spreadsheets.resource import NUMBER
from orgs.resources import OrganizationLinks, WithOrganizations

from .models import Event, Participation

Role = Participation.Role


class EventResource(PublishableResource, WithOrganizations):
    identity = ("type",)
    label = ("start_date", "name", "type", "host")

    uuid = Key(NUMBER, "uuid")
    name = Text("名称", "name", example="端午义卖")
    type = Named("活动类型", "type", example="义卖")
    start_date = Day("开始日期", "start_date", example="2019-06-04")
    end_date = Day("结束日期", "end_date", example="2019-06-05")
    part_of_day = Choice("时段", "part_of_day", example="上午")
    start_time = Time("开始时间", "start_time", example="09:30")
    end_time = Time("结束时间", "end_time")
    year = Number("年份", "year")
    when_text = Text("原文的时间说法", "when_text")
    venue = Text("场所", "venue", example="龙港财富广场")
    places = Text("其他地点", "places")
    region = Text("所在地", "region", example="龙港镇")
    series = Named("系列活动", "series")
    series_year = Number("第几年", "series_year")
    series_text = Text("年数的原文写法", "series_text")
    status = Choice("状态", "status", example="计划中")
    status_reason = Text("原因", "status_reason")
    host = OrganizationLinks("主办", "participations", Role.HOST, example="爱友公益、龙商")
    organizer = OrganizationLinks("承办", "participations", Role.ORGANIZER)
    co_organizer = OrganizationLinks("协办", "participations", Role.CO_ORGANIZER)
    supporter = OrganizationLinks("支持", "participations", Role.SUPPORTER)
    participant = OrganizationLinks("参与", "participations", Role.PARTICIPANT)
    visitor = OrganizationLinks("来访", "participations", Role.VISITOR)
    escort = OrganizationLinks("陪同", "participations", Role.ESCORT)
    state = Choice("发布状态", "state", fixed=True)

    class Meta:
        model = Event

    def loaded(self, queryset):
        return queryset.prefetch_related("participations")

    def candidates(self, rows):
        days = {self.read_or_none(row, "start_date") for row in rows} - {None}
        return self.loaded(self.queryset.filter(Q(start_date__in=days) | Q(start_date__isnull=True)))

    def identity_of(self, event):
        when = event.start_date or (event.year, event.when_text)
        return event.type_id, when, event.name or frozenset(self.fields["host"].value(event))

    def identity_of_row(self, row):
        """Type, day (or year and words) and name; of what has no name, the hosts."""
        when = self.read(row, "start_date") or (self.read(row, "year"), self.read(row, "when_text"))
        return self.read(row, "type"), when, self.read(row, "name") or frozenset(self.read(row, "host"))
