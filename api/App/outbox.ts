// What could not be sent: it waits here with its idempotency key, is sent once when the platform answers again, and no more after it has
// expired. Whoever wrote it is told what became of it.
import { answer, anybody, api, command, must, Refused, Unreachable, type Problem, type Schema } from './api';
import { codes, fresh } from './codes';
import * as kept from './kept';
import * as session from './session';

export type Booking = { kind: 'booking'; item: string; itemName: string; hall: string; start: string };
export type Complaint = { kind: 'complaint'; body: Schema['FileComplaintRequest'] };
export type Waiting = {
  key: string;
  /** Who wrote it; it is sent in nobody else's name. */
  owner: string | null;
  what: Booking | Complaint;
  writtenAt: string;
  expiresAt: string;
  outcome?: { booked: Schema['AppointmentView'] } | { filed: Schema['ComplaintView'] } | { refused: Problem } | { expired: true };
};

// Nobody comes back any more for what could have been sent so long ago.
const aWeek = 7 * 86_400_000;

const changed = new BroadcastChannel('onedoor.outbox');

/** Calls back whenever something has been added, sent or dismissed, in whichever tab. */
export const onChange = (listener: () => void): void => {
  changed.onmessage = listener;
  heard = listener;
};
let heard: () => void = () => undefined;

const tell = (): void => {
  heard();
  changed.postMessage('changed');
};

/** What is to be seen here: one's own, and what was written without a name. */
export async function entries(): Promise<Waiting[]> {
  const me = await whose();
  return ((await kept.all<Waiting>('outbox').catch(kept.withoutRoom)) ?? []).filter(({ owner }) => owner === null || owner === me).sort((a, b) => a.writtenAt.localeCompare(b.writtenAt));
}

/** Who is signed in, and without a connection who was when there was one. */
const whose = async (): Promise<string | null> => session.person()?.subject ?? (session.wasSignedIn() ? await kept.owner().catch(kept.withoutRoom) ?? null : null);

/** Keeps something to be sent later, but not after it would surprise. */
export async function add(what: Booking | Complaint, expiresAt: Date, key: string): Promise<void> {
  // An anonymous complaint is nobody's.
  const owner = what.kind === 'complaint' && what.body.anonymous ? null : await whose();
  await kept.put('outbox', { key, owner, what, writtenAt: new Date().toISOString(), expiresAt: expiresAt.toISOString() } satisfies Waiting);
  tell();
}

export async function dismiss(key: string): Promise<void> {
  await kept.remove('outbox', key);
  tell();
}

/** Nothing more is sent, and what is on its way is not waited for: somebody signs out. */
export const stop = (): void => stopped.abort();
let stopped = new AbortController();

/** Sends what waits, in one tab at a time. */
export const send = async (): Promise<void> => kept.alone(async () => {
  stopped = new AbortController();
  for (const { key, expiresAt, outcome } of (await kept.all<Waiting>('outbox').catch(kept.withoutRoom)) ?? [])
    if (Date.parse(expiresAt) + aWeek < Date.now() && !hasCode(outcome)) await kept.remove('outbox', key);
  const me = session.person()?.subject ?? null;
  for (const { key } of await entries()) {
    // It may have been called back while another was sent.
    const waiting = await kept.get<Waiting>('outbox', key);
    if (stopped.signal.aborted) return;
    if (!waiting || waiting.outcome || (waiting.owner && waiting.owner !== me)) continue;
    try {
      await settle(waiting, Date.parse(waiting.expiresAt) <= Date.now() ? { expired: true }
        : waiting.what.kind === 'booking' ? { booked: await book(waiting.what, key, stopped.signal) } : { filed: await complain(waiting.what.body, key, stopped.signal) });
    } catch (error) {
      if (error instanceof Unreachable || error instanceof session.Ended) return;
      if (!(error instanceof Refused)) throw error;
      if (passes(error.problem)) continue;
      await settle(waiting, { refused: error.problem });
    }
    tell();
  }
}, false);

/** Notes what became of it. Who has called it back meanwhile is told only of what was done all the same. */
async function settle(waiting: Waiting, outcome: NonNullable<Waiting['outcome']>): Promise<void> {
  if ('booked' in outcome || 'filed' in outcome || await kept.get('outbox', waiting.key)) await kept.put('outbox', { ...waiting, outcome });
}

/** Whether it is a code that is shown once, which stays until somebody has kept it. */
export const hasCode = (outcome: Waiting['outcome']): boolean => outcome !== undefined && 'filed' in outcome && Boolean(outcome.filed.code);

/** Whether what was refused may be taken later, as it is: too many requests, the first one still running, a token that has ended on its way, a fault. */
const passes = ({ status, code }: Problem): boolean => [401, 408, 429].includes(status) || status >= 500 || code === 'idempotency.in-progress';

const again = '-again';

/** Reserves a place and confirms it at once. However often it is sent under one key, it happens once. */
async function book(wanted: Booking, key: string, signal: AbortSignal): Promise<Schema['AppointmentView']> {
  const { hall, item, start } = wanted;
  const reserved = await answer(api.POST('/v1/appointments', { body: { hall, item, start }, params: { header: { 'Idempotency-Key': key } }, signal }));
  const path = { id: reserved.data.id };
  try {
    return await must(api.POST('/v1/appointments/{id}/confirmation', { params: { path, ...command(reserved.tag, `${key}-confirmed`) }, signal }));
  } catch (error) {
    if (!(error instanceof Refused) || passes(error.problem)) throw error;
    const now = await must(api.GET('/v1/appointments/{id}', { params: { path }, signal }));
    if (now.status === 'confirmed') return now;
    // The answer was lost for longer than a place is held, which may not be on record yet: it is asked for once more.
    if (!['reserved', 'lapsed'].includes(now.status) || key.endsWith(again)) throw error;
    return book(wanted, key + again, signal);
  }
}

/** Shows the code of a complaint that was filed just now, until it is taken down by `undefined`. */
export function showCode(id: string, code: string | undefined): void {
  if (code) {
    codes.set(id, code);
    fresh.set(id, code);
  } else fresh.delete(id);
  heard();
}

/** Files a complaint; an anonymous one as nobody. */
export const complain = (body: Schema['FileComplaintRequest'], key: string, signal: AbortSignal | null = null): Promise<Schema['ComplaintView']> =>
  must((body.anonymous ? anybody : api).POST('/v1/complaints', { body, params: { header: { 'Idempotency-Key': key } }, signal }));
