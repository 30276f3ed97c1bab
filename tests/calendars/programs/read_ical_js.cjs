// Prints, as JSON, what ical.js reads in the calendar files named.
const fs = require("fs");
const ICAL = require("ical.js");

const found = process.argv.slice(2).flatMap((path) => {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path, "utf8")));
  ICAL.TimezoneService.reset();
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: event.startDate.toUnixTime(),
      end: event.endDate.toUnixTime(),
      summary: event.summary,
      description: event.description || "",
      status: component.getFirstPropertyValue("status"),
    };
  });
});
const version = require("./package.json").dependencies["ical.js"];
console.log(JSON.stringify({ version, events: found, findings: [] }));
