// CLK-2: compares the State Council's holidays in schema/Clock/data/holidays.json with the npm package chinese-days,
// an independent transcription of the same notices, for every day from 2016 to 2026. Exits with 1 and lists the days
// on which the two disagree about whether people work. There is no deliberate difference.
// Names are not compared: a notice that says 与周末连休 gives the weekend no name, chinese-days sometimes does.
import { readFileSync } from "node:fs";

// chinese-days reckons in local time and only right east of Greenwich, so it is loaded in the zone it is about.
process.env.TZ = "Asia/Shanghai";
const { default: chineseDays } = await import("chinese-days");

const FIRST = "2016-01-01";
const LAST = "2026-12-31";

const data = JSON.parse(readFileSync(new URL("../../schema/Clock/data/holidays.json", import.meta.url), "utf8"));

function* days(from, to) {
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) yield new Date(at).toISOString().slice(0, 10);
}

const off = new Set();
const worked = new Set();
for (const { holidays } of data.years) {
  for (const holiday of holidays) {
    for (const day of days(holiday.from, holiday.to)) off.add(day);
    for (const day of holiday.workedInstead) worked.add(day);
  }
}

const isWeekend = (day) => [0, 6].includes(new Date(day).getUTCDay());
const isWorkingDay = (day) => worked.has(day) || (!off.has(day) && !isWeekend(day));

let compared = 0;
const differences = [];
for (const day of days(FIRST, LAST)) {
  compared++;
  const ours = isWorkingDay(day);
  const theirs = chineseDays.isWorkday(day);
  if (ours !== theirs) differences.push(`${day}: holidays.json says ${ours ? "working" : "off"}, chinese-days ${theirs ? "working" : "off"}`);
}

for (const difference of differences) console.error(difference);
console.log(`${compared} days compared, ${differences.length} differences`);
process.exit(differences.length === 0 ? 0 : 1);
