// CLK-2: compares the State Council's holidays in schema/Clock/data/holidays.json with the npm package chinese-days,
// an independent transcription of the same notices, for every day from 2015 to 2026. Exits with 1 and lists the days
// on which the two disagree about whether people work. There is no deliberate difference.
// For the years after that, whose notices are not out, the days named on the command line (those that the platform takes
// for holidays up to 2099) are compared with the thirteen of 放假办法 art. 2 by the package's lunar calendar.
// Names are not compared: a notice that says 与周末连休 gives the weekend no name, chinese-days sometimes does.
import { readFileSync } from "node:fs";

// chinese-days reckons in local time and only right east of Greenwich, so it is loaded in the zone it is about.
process.env.TZ = "Asia/Shanghai";
const { default: chineseDays } = await import("chinese-days");

const FIRST = "2015-01-01";
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

const { getLunarDate, getSolarTermDate } = chineseDays;
const isStatutory = (day) => {
  const [year, month, date] = day.split("-").map(Number);
  const moon = getLunarDate(day);
  const tomorrow = getLunarDate(new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10));
  return (
    (month === 1 && date === 1) || (month === 5 && date <= 2) || (month === 10 && date <= 3)
    || day === getSolarTermDate(year, 4, "pure_brightness")
    || (!moon.isLeap && moon.lunarMon === 1 && moon.lunarDay <= 3)
    || (!tomorrow.isLeap && tomorrow.lunarMon === 1 && tomorrow.lunarDay === 1)
    || (!moon.isLeap && moon.lunarMon === 5 && moon.lunarDay === 5)
    || (!moon.isLeap && moon.lunarMon === 8 && moon.lunarDay === 15)
  );
};
const statutory = new Set(process.argv[2].split(","));
for (const day of days("2027-01-01", "2099-12-31")) {
  compared++;
  if (statutory.has(day) !== isStatutory(day)) differences.push(`${day}: the platform says ${statutory.has(day) ? "holiday" : "none"}, chinese-days not`);
}

for (const difference of differences) console.error(difference);
console.log(`${compared} days compared, ${differences.length} differences`);
process.exit(differences.length === 0 ? 0 : 1);
