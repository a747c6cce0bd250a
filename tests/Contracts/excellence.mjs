// PERF-1: adds up a quarter's windows and departments from the feed of events and the public catalogue alone, and compares what comes out with what
// the platform tells of the quarter: every criterion's numerator and denominator, score, rank, how ties were told apart, and who is excellent.
//   node excellence.mjs http://… 2026-Q1 [address of a thing to leave out]
// It asks for "token" of somebody who is told of everything: an auditor who is a supervisor of the service office.
import { ask } from './ask.mjs';
import { dayOf, micros, millionths, reader } from './feed.mjs';

const [address, quarter, leftOut] = process.argv.slice(2);
const { get, item: itemOf, events } = reader(address, await ask('token'));

const daysAfter = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const told = await get(`/v1/staff/excellence?quarter=${quarter}`);
if (!told.isOver) throw new Error(`${quarter} is not over`);
const [begin, end] = [micros(`${told.from}T00:00:00+08:00`), micros(`${daysAfter(told.to, 1)}T00:00:00+08:00`)];
const within = (at) => at !== null && at >= begin && at < end;

/** What became of everything, each thing as its last event tells it. */
const things = { cases: new Map(), tickets: new Map(), reviews: new Map(), complaints: new Map(), rounds: new Map(), outages: new Map() };
const of = { case: 'cases', ticket: 'tickets', review: 'reviews', complaint: 'complaints', round: 'rounds', outage: 'outages' };
for await (const event of events(Object.keys(of).map((kind) => `onedoor.${kind}.*`))) {
  if (event.subject === leftOut) continue;
  const kind = event.type.split('.')[1];
  const kept = things[of[kind]];
  kept.set(event.subject, kind === 'case' ? await followed(kept.get(event.subject), event) : event.data);
}

/** A case with what only its events one after the other tell: who answers for it, when it ended, and when it was due before its clock stood still. */
async function followed(was, { data, time, type }) {
  const item = await itemOf(data.item);
  const goesOn = ['awaiting-signatures', 'submitted', 'correction-requested', 'accepted', 'paused'].includes(data.status);
  return {
    ...data, filing: item.act === 'filing', lead: was?.item.code === data.item.code ? ledAfter(was, data, type, item) : item.department,
    endedAt: was?.endedAt ?? (goesOn ? null : time), lawfulUntil: data.clock.statutory.dueAt ?? was?.lawfulUntil ?? null,
  };
}

// What was redirected is answered for by whoever has it now, unless the department before still has a step that counts.
function ledAfter(was, now, type, item) {
  const moved = type === 'onedoor.case.step-redirected' && now.steps.find((step) => was.steps.some((before) => before.code === step.code && before.department !== step.department));
  if (!moved || was.steps.find((step) => step.code === moved.code).department !== was.lead) return was.lead;
  const first = item.procedure.steps.filter((step) => step.after.length === 0).map((step) => step.code);
  const stays = now.steps.some((step) => step.department === was.lead && step.status !== 'waived' && (['accepted', 'paused'].includes(now.status) || first.includes(step.code)));
  return stays ? was.lead : moved.department;
}

const counts = new Map();
function add(key, counted) {
  const known = counts.get(key) ?? {};
  for (const [name, number] of Object.entries(counted)) known[name] = (known[name] ?? 0) + Number(number);
  counts.set(key, known);
}
const unit = (department) => `unit ${department}`;
const window = (hall, number) => `window ${hall} ${number}`;

for (const [subject, c] of things.cases) {
  const judged = !c.filing && c.status !== 'not-accepted';
  const concluded = ['granted', 'partly-granted', 'refused', 'not-accepted'].includes(c.status) ? micros(c.decidedAt) : null;
  const ended = c.endedAt && (concluded ?? micros(c.endedAt));
  if (judged && ended && c.acceptedAt && !c.clock.promised.dueAt) throw new Error(`${subject} ended while its clock stood still: until when it was due is not told`);
  const promised = judged ? micros(c.clock.promised.dueAt) : null;
  const delayed = judged && c.clock.delay && !c.clock.delay.byLaw ? micros(c.clock.delay.since) : null;
  const stoodStillBefore = c.status === 'paused' && c.clock.pauses.some((pause) => pause.until === null && micros(pause.from) <= micros(c.lawfulUntil));
  const lawful = judged && !stoodStillBefore ? micros(c.lawfulUntil) : null;
  const done = within(concluded);
  const open = ended === null || ended >= end;
  const excused = [...things.outages.values()].some((o) => (o.hall === null || o.hall === c.hall) && micros(o.until) > micros(c.submittedAt)
    && micros(o.from) < (concluded ?? end) && micros(o.from) < (delayed ?? promised ?? lawful ?? end));
  const counted = {
    cases: done, kept: done && promised !== null && concluded <= promised, promised: done && promised !== null && !(excused && concluded > promised),
    late: open && within(delayed ?? promised) && !excused,
    lawful: done && lawful !== null && concluded <= lawful, limited: done && lawful !== null && !(excused && concluded > lawful), overdue: open && within(lawful) && !excused,
  };
  if (!done && !(open && (within(delayed ?? promised) || within(lawful)))) continue;
  add(unit(c.lead), counted);
  const came = [...things.tickets.values()].filter((t) => t.case === c.id && t.window !== null && dayOf(t.takenAt) >= daysAfter(told.from, -366) && dayOf(t.takenAt) <= daysAfter(told.to, 1)
    && micros(t.takenAt) <= (concluded ?? end));
  for (const key of new Set(came.map((t) => window(t.hall, t.window)))) add(key, counted);
}
for (const t of things.tickets.values()) {
  if (t.status === 'done' && dayOf(t.takenAt) >= told.from && dayOf(t.takenAt) <= told.to) add(window(t.hall, t.window), { visits: 1 });
}
for (const r of things.reviews.values()) {
  if (r.status === 'excluded' || r.givenOn < told.from || r.givenOn > told.to) continue;
  const rating = { rated: 1, positive: ['very-satisfied', 'satisfied', 'fair'].includes(r.grade) };
  add(unit(r.unit), rating);
  const visit = r.ticket && things.tickets.get(`/v1/tickets/${r.ticket}`);
  if (visit) add(window(visit.hall, visit.window), rating);
}
const complainedOf = new Set();
for (const c of things.complaints.values()) {
  if (!within(micros(c.filedAt)) || !['upheld', 'partly'].includes(c.answer?.finding)) continue;
  const { hall, number } = c.about.window ?? { hall: c.place?.hall, number: c.place?.window };
  for (const key of [...c.units.map(unit), ...(number ? [window(hall, number)] : [])]) {
    // What several complaints name alike counts once.
    const matter = `${key} ${(c.about.case ?? c.about.ticket ?? c.id).trim().toLowerCase()}`;
    if (!complainedOf.has(matter)) add(key, { complaints: 1 });
    complainedOf.add(matter);
  }
}
for (const r of things.rounds.values()) {
  if (!within(micros(r.at))) continue;
  for (const key of [unit(r.department), window(r.hall, r.window)]) add(key, { looked: r.findings.length, inOrder: r.findings.filter((f) => f.inOrder).length });
}

// A share of fewer is not told, and counts for nothing.
const least = 5;

// Ratios and scores are kept to six decimals.
const share = (numerator, denominator) => denominator < least ? null : { value: Number(millionths(numerator, denominator)) / 1e6, numerator, denominator };

function rowOf(key) {
  const c = new Proxy(counts.get(key) ?? {}, { get: (all, name) => all[name] ?? 0 });
  const handled = key.startsWith('unit') ? c.cases : c.visits;
  const shares = {
    'on-time-by-promise': share(c.kept, c.promised + c.late), 'on-time-by-statute': share(c.lawful, c.limited + c.overdue),
    positive: c.rated < told.criteria.leastRatings ? null : share(c.positive, c.rated),
    'without-complaint': share(Math.max(0, handled - c.complaints), handled), 'in-order': share(c.inOrder, c.looked),
  };
  const counting = told.criteria.items.filter((item) => shares[item.code]?.value != null);
  const weight = counting.reduce((sum, item) => sum + item.weight, 0);
  const score = handled < told.criteria.leastHandled || weight === 0 ? null
    : Number(millionths(counting.reduce((sum, item) => sum + item.weight * Math.round(shares[item.code].value * 1e6), 0), weight * 1e6)) / 1e6;
  return { key, handled, score, shares, by: [score, ...told.criteria.ties.map((tie) => shares[tie]?.value ?? -1)] };
}

/** Among those with the same score, what tells one apart from each of the others; and whether it shares its rank with some of them. */
function tieOf(row, ranked) {
  const alike = ranked.filter((other) => other !== row && other.score === row.score);
  if (alike.length === 0) return null;
  const deciding = alike.map((other) => told.criteria.ties.findIndex((_, i) => row.by[i + 1] !== other.by[i + 1]));
  return { among: alike.length + 1, sharesRank: deciding.includes(-1), decidedBy: told.criteria.ties.filter((_, i) => deciding.includes(i)) };
}

const differences = [];
let compared = 0;
function same(what, expected, actual) {
  compared++;
  if (JSON.stringify(expected) !== JSON.stringify(actual)) differences.push(`${what}: ${JSON.stringify(actual)} is told, and the events say ${JSON.stringify(expected)}`);
}

function compare(rows, keyOf) {
  const kind = keyOf === unit ? 'unit' : 'window';
  const toldOf = new Map(rows.map((row) => [kind === 'unit' ? unit(row.department) : window(row.hall, row.window), row]));
  const mine = [...new Set([...toldOf.keys(), ...[...counts.keys()].filter((key) => key.startsWith(kind))])].map(rowOf);
  const ranked = mine.filter((row) => row.score !== null);
  const order = (a, b) => a.by.map((value, i) => value - b.by[i]).find((difference) => difference !== 0) ?? 0;
  for (const row of mine) {
    const other = toldOf.get(row.key);
    if (!other) {
      differences.push(`${row.key} is not told of`);
      continue;
    }
    const rank = row.score === null ? null : ranked.filter((better) => order(better, row) > 0).length + 1;
    same(`${row.key} handled`, row.handled, other.handled);
    for (const { code } of told.criteria.items) same(`${row.key} ${code}`, row.shares[code], other.shares.find((s) => s.code === code).share);
    same(`${row.key} score`, row.score, other.score);
    same(`${row.key} rank`, rank, other.rank);
    same(`${row.key} tie`, row.score === null ? null : tieOf(row, ranked), other.tie);
    same(`${row.key} is excellent`, rank !== null && row.score >= told.criteria.excellentScore
      && ranked.filter((good) => order(good, row) >= 0).length <= Math.ceil(told.criteria.excellentShare * ranked.length), other.isExcellent);
  }
  return mine.length;
}

const [windows, units] = [compare(told.windows, window), compare(told.units, unit)];
differences.forEach((difference) => console.log(difference));
console.log(`${windows} windows, ${units} departments: ${compared - differences.length} of ${compared} agree`);
process.exit(differences.length === 0 ? 0 : 1);
