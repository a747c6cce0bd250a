// A visit as a calendar entry (RFC 5545): in China Standard Time, with a reminder the day before.
import type { Schema } from './api';
import { t } from './look';

const zone = [
  'BEGIN:VTIMEZONE', 'TZID:Asia/Shanghai', 'BEGIN:STANDARD', 'DTSTART:19910915T010000', 'TZOFFSETFROM:+0900', 'TZOFFSETTO:+0800', 'TZNAME:CST', 'END:STANDARD', 'END:VTIMEZONE',
];

export function calendarOf(visit: Schema['AppointmentView'], hall: Schema['HallView']): Blob {
  const summary = text(t(`办事：${visit.item.name}`, `Visit: ${visit.item.name}`));
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//OneDoor//App//EN', ...zone,
    'BEGIN:VEVENT', `UID:${visit.id}@onedoor`, `SEQUENCE:${visit.version}`, `DTSTAMP:${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART;TZID=Asia/Shanghai:${local(visit.start)}`, `DTEND;TZID=Asia/Shanghai:${local(visit.end)}`,
    `SUMMARY:${summary}`, `LOCATION:${text(`${hall.name}, ${hall.address}`)}`,
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${summary}`, 'TRIGGER:-P1D', 'END:VALARM',
    'END:VEVENT', 'END:VCALENDAR', '',
  ];
  return new Blob([lines.map(folded).join('\r\n')], { type: 'text/calendar;charset=utf-8' });
}

/** An instant as a clock in China shows it. */
const local = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace(/[-:]/g, '');

const text = (plain: string): string => plain.replace(/([\\;,])/g, '\\$1').replaceAll('\n', '\\n');

/** No line has more than 75 bytes (RFC 5545 section 3.1), and none ends within a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    if (new TextEncoder().encode(part + character).length > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part].join('\r\n ');
}
