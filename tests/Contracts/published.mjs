// STAT-3: adds up the figures that the zone published from the feed of events, the public catalogue and a calendar of somebody else's alone, and compares
// what comes out with what the platform tells: value, numerator and denominator of each, and whether it is the published one.
//   node published.mjs http://… [address of a case to leave out]
// It asks for "token" of somebody who is told of every case: an auditor.
import { ask } from './ask.mjs';
import { dayOf, micros, millionths, reader } from './feed.mjs';

// chinese-days reckons in local time and only right east of Greenwich, so it is loaded in the zone it is about.
process.env.TZ = 'Asia/Shanghai';
const { default: chineseDays } = await import('chinese-days');

const [address, leftOut] = process.argv.slice(2);
const { get, item: itemOf, events } = reader(address, await ask('token'));

const differences = [];
/** What comes out, by the figure's id: value, and of quotients numerator and denominator, in millionths. */
const computed = new Map();
const count = (id, value) => computed.set(id, { value: BigInt(value) * 1_000_000n });
/** A quotient whose numerator is itself one of whole numbers. */
function ratio(id, numerator, denominator) {
  const top = millionths(numerator.n, numerator.d);
  computed.set(id, { value: denominator === 0n ? null : millionths(top, denominator * 1_000_000n), numerator: top, denominator: denominator * 1_000_000n });
}

// Sums of fractions: what is added up is rounded once, at the end.
const gcd = (a, b) => (b === 0n ? a : gcd(b, a % b));
const fraction = (n, d = 1n) => ({ n: BigInt(n), d: BigInt(d) });
const of = (n, d) => ((g) => ({ n: n / g, d: d / g }))(gcd(n < 0n ? -n : n, d));
const plus = (a, b) => of(a.n * b.d + b.n * a.d, a.d * b.d);
const sum = (fractions) => fractions.reduce(plus, fraction(0));
const times = (a, b) => of(a.n * b.n, a.d * b.d);
const over = (a, b) => times(a, { n: b.d, d: b.n });
const decimal = (number) => ((text) => fraction(text.replace('.', ''), 10n ** BigInt((text.split('.')[1] ?? '').length)))(String(number));

// Days as published: five working days are seven, and eight open hours a working day.
const workingDays = ({ value, unit }) => (unit === 'hall-hours' ? over(decimal(value), fraction(8)) : decimal(value));
const asPublished = (limit) => (limit.unit === 'calendar-days' ? decimal(limit.value) : times(workingDays(limit), fraction(7, 5)));

await ofCatalogue();
await ofCases();
const told = (await get('/v1/statistics/published')).figures;
for (const figure of told) compare(figure);
for (const id of computed.keys()) if (!told.some((figure) => figure.id === id)) differences.push(`${id} is not told`);
differences.forEach((difference) => console.log(difference));
console.log(`${told.length - new Set(differences.map((d) => d.split(/[: ]/)[0])).size} of ${told.length} figures agree`);
process.exit(differences.length === 0 ? 0 : 1);

async function ofCatalogue() {
  // Which powers the municipality offered, the platform tells only as these two numbers.
  const { takenOver } = (await get('/v1/catalogue/summary')).municipal;
  count('municipal-powers', takenOver.numerator);
  ratio('municipal-powers-share', fraction(takenOver.numerator), BigInt(takenOver.denominator));
  const entries = [];
  for (let next = '/v1/catalogue/items?first=100'; next;) {
    const page = await get(next);
    entries.push(...await Promise.all(page.items.map(itemOf)));
    next = page.next;
  }
  const office = entries.filter((item) => item.register === 'office');
  count('items', new Set(office.map((item) => item.parent.code)).size);
  count('entries', office.length);
  for (const mode of ['abolished', 'filing', 'commitment', 'optimised']) count(`mode-${mode}`, office.filter((item) => item.mode === mode).length);
  count('renewals', office.filter((item) => item.renewalByCommitment).length);
  const ftz = office.filter((item) => item.origin === 'ftz').map((item) => item.takenOverIn);
  count('ftz-powers', ftz.filter((year) => year < 2016).length);
  count('ftz-powers-later', ftz.filter((year) => year >= 2016 && year <= 2018).length);
  const municipal = office.filter((item) => item.origin === 'municipal');
  const limits = municipal.map((item) => ({ statutory: asPublished(item.statutoryLimit), promised: asPublished(item.promisedLimit) }));
  const [entriesOf, statutory, promised] = [BigInt(municipal.length), sum(limits.map((limit) => limit.statutory)), sum(limits.map((limit) => limit.promised))];
  count('municipal-powers-office', municipal.length);
  ratio('municipal-statutory-days', statutory, entriesOf);
  ratio('municipal-promised-days', promised, entriesOf);
  ratio('municipal-faster-of-items', sum(limits.map((limit) => plus(fraction(1), times(fraction(-1), over(limit.promised, limit.statutory))))), entriesOf);
  const mean = over(statutory, fraction(entriesOf));
  const less = over(plus(statutory, times(fraction(-1), promised)), fraction(entriesOf));
  computed.set('municipal-faster-of-means', { value: millionths(over(less, mean).n, over(less, mean).d), numerator: millionths(less.n, less.d), denominator: millionths(mean.n, mean.d) });
  const limitOf = (code, unit) => ((item) => item?.promisedLimit.unit === unit && item.promisedLimit.value)(entries.find((item) => item.code === code));
  count('establishment-hours', limitOf('ESTABLISHMENT', 'hall-hours'));
  count('project-days', limitOf('INVESTMENT-PROJECT', 'working-days'));
  const { industries } = await get('/v1/exemptions/eia');
  count('eia-industries', industries.length);
  count('eia-classes', industries.flatMap((industry) => industry.classes).length);
  const { aspects } = await get('/v1/business-environment/2020');
  count('be-aspects', aspects.length);
  count('be-measures', aspects.flatMap((aspect) => aspect.measures).length);
}

async function ofCases() {
  const hours = new Map((await get('/v1/halls')).items.map((hall) => [hall.code, hall.hours]));
  const cases = new Map();
  for await (const { subject, data } of events(['onedoor.case.*'])) if (subject !== leftOut) cases.set(subject, data);
  const concluded = [];
  for (const c of cases.values()) {
    if (!['granted', 'partly-granted', 'refused', 'not-accepted'].includes(c.status) || !(dayOf(c.decidedAt) >= '2015-06-01' && dayOf(c.decidedAt) < '2020-06-01')) continue;
    concluded.push({ ...c, on: dayOf(c.decidedAt), kind: await itemOf(c.item) });
  }
  const many = (id, which) => count(id, concluded.filter(which).length);
  many('cases', () => true);
  many('cases-licences', (c) => c.kind.category === 'administrative-licence');
  many('cases-public-services', (c) => c.kind.category === 'public-service');
  many('cases-internal', (c) => c.kind.category === 'internal-approval');
  many('cases-other', (c) => c.kind.category === 'other');
  many('municipal-cases-2019', (c) => c.kind.origin === 'municipal' && c.on.startsWith('2019'));
  const taken = new Map();
  for (const c of concluded.filter((c) => c.kind.origin === 'municipal' && c.acceptedAt !== null)) taken.set(c.item.code, [...taken.get(c.item.code) ?? [], openSeconds(c, hours.get(c.hall))]);
  const means = [...taken.values()].map((seconds) => of(seconds.reduce((all, one) => all + one, 0n), BigInt(seconds.length)));
  ratio('municipal-actual-days', times(over(sum(means), fraction(8 * 3600)), fraction(7, 5)), BigInt(means.length));
  const epidemic = (c) => c.on >= '2020-02-03';
  const online = (c) => ['online', 'mobile'].includes(c.channel);
  many('epidemic-cases', epidemic);
  ratio('epidemic-online-share', fraction(concluded.filter((c) => epidemic(c) && online(c)).length), BigInt(concluded.filter(epidemic).length));
  many('epidemic-projects', (c) => epidemic(c) && c.greenChannel !== null);
  many('new-market-entities', (c) => epidemic(c) && c.kind.createsEntity && ['granted', 'partly-granted'].includes(c.status) && c.applicant.subject?.uscc);
}

/** How long its hall was open from acceptance to decision, while the clock did not stand still. */
function openSeconds(c, hours) {
  const [from, until] = [micros(c.acceptedAt), micros(c.decidedAt)];
  const stops = [...c.clock.pauses, ...c.clock.waits].map((stop) => [micros(stop.from), stop.until ? micros(stop.until) : until]).sort((a, b) => a[0] - b[0]);
  let open = 0;
  for (let day = dayOf(c.acceptedAt); day <= dayOf(c.decidedAt); day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)) {
    if (!chineseDays.isWorkday(day)) continue;
    for (const session of hours) {
      let at = Math.max(from, micros(`${day}T${session.from}:00+08:00`));
      const end = Math.min(until, micros(`${day}T${session.until}:00+08:00`));
      for (const [begins, ends] of stops) {
        open += Math.max(0, Math.min(begins, end) - at);
        at = Math.max(at, ends);
      }
      open += Math.max(0, end - at);
    }
  }
  return BigInt(Math.round(open / 1e6));
}

function compare(figure) {
  const mine = computed.get(figure.id);
  if (!mine) {
    // Nobody else tells of it, or the platform has nothing to compute it from.
    if (figure.value !== null) differences.push(`${figure.id}: nothing that is told says it`);
    return;
  }
  for (const member of ['value', 'numerator', 'denominator']) {
    const [expected, actual] = [mine[member] ?? null, figure[member] ?? null];
    if ((expected === null ? null : Number(expected) / 1e6) !== actual) differences.push(`${figure.id} ${member}: ${actual} is told, and the events say ${expected === null ? null : Number(expected) / 1e6}`);
  }
  const reproduced = mine.value !== null && isPublished(mine, figure.published);
  if (reproduced !== figure.reproduced) differences.push(`${figure.id}: reproduced is told as ${figure.reproduced}, and the events say ${reproduced}`);
}

// Quotients are compared with as many decimals as were published, numbers as they are.
function isPublished({ value, denominator }, published) {
  const [, text, unit] = /^([\d.]+) ?(%|万)?$/.exec(published);
  const is = decimal(text);
  if (denominator === undefined) return fraction(value, 1_000_000n).n * is.d === is.n * 1_000_000n * (unit === '万' ? 10_000n : 1n);
  const scale = is.d * (unit === '%' ? 100n : 1n);
  return (2n * value * scale + 1_000_000n) / 2_000_000n === is.n;
}
