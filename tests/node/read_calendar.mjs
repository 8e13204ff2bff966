// Prints what ical.js understands of the calendar file on standard input: its events, as JSON.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}

function moment(property) {
  const time = property?.getFirstValue();
  if (!time) return null;
  return time.isDate ? time.toString() : time.toJSDate().toISOString();
}

const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    uid: value("uid"),
    sequence: value("sequence"),
    summary: value("summary"),
    description: value("description"),
    location: value("location"),
    status: value("status"),
    url: value("url"),
    categories: component.getFirstProperty("categories").getValues(),
    organizer: component.getFirstProperty("organizer")?.getParameter("cn") ?? null,
    start: moment(component.getFirstProperty("dtstart")),
    end: moment(component.getFirstProperty("dtend")),
    zone: component.getFirstProperty("dtstart").getParameter("tzid") ?? null,
    modified: moment(component.getFirstProperty("last-modified")),
  };
});
process.stdout.write(JSON.stringify(events));
