// What renews a licence (延续), and whether it is the time for it. When it is by a hair, the platform says.
import { api, must, type Schema } from './api';
import { dayOf } from './words';

export type Renewing = { item: Schema['Item']; rule: Schema['Renewal']; stands: 'early' | 'open' | 'late' };

/** Among the matters of one kind the one that renews this licence; null where nothing does, or nothing can be renewed. */
export async function renewingOf(of: Schema['LicenceView']): Promise<Renewing | null> {
  if (of.status !== 'valid' || of.notice || !of.validUntil) return null;
  const read = async (code: string): Promise<Schema['Item']> => (await must(api.GET('/v1/catalogue/items/{code}', { params: { path: { code } } }))).item;
  const { parent } = await read(of.item);
  const kin = (await must(api.GET('/v1/catalogue/items', { params: { query: { query: parent.code, first: 100 } } }))).items.filter((one) => one.parent.code === parent.code);
  const item = (await Promise.all(kin.map(({ code }) => read(code)))).find((one) => one.renewal && !one.endedOn && one.procedure.steps.some(({ issues }) => issues?.code === of.kind.code));
  return item?.renewal ? { item, rule: item.renewal, stands: await standing(item.renewal, of.validFrom, of.validUntil) } : null;
}

async function standing({ opens, closes, unit, lateIs }: Schema['Renewal'], first: string, last: string): Promise<Renewing['stands']> {
  // Where the law names no day, nobody has a second term ahead.
  if (opens == null ? first > dayOf(Date.now()) : await after(opens, unit) < last) return 'early';
  return lateIs === 'new' && await after(closes, unit) > last ? 'late' : 'open';
}

/** Which day is so many later than today. */
async function after(value: number, unit: Schema['LimitUnit']): Promise<string> {
  const now = Date.now();
  if (value === 0 || unit !== 'working-days') return dayOf(now + value * 86_400_000);
  return (await must(api.POST('/v1/clock/simulate', { body: { start: new Date(now).toISOString(), limit: { value, unit } } }))).dueOn;
}
