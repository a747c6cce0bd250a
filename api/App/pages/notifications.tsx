// What the platform told one of one's matters, and how much of it is unread.
import { h } from '../jsx';
import { api, attempts, must, type Schema } from '../api';
import * as kept from '../kept';
import { asSeen, more, page, wordsFor, type Page } from '../parts';
import { t } from '../look';
import { placeOf, to, type Place } from '../place';
import * as session from '../session';
import { own } from './complaints';
import { dated, moment } from '../words';

const list = (query: { after?: string } = {}): Promise<Schema['PageOfNotificationView']> => must(api.GET('/v1/notifications', { params: { query: { first: 100, ...query } } }));

export async function notificationsPage(): Promise<Page> {
  const { data, seenAt } = await kept.lastSeen('notifications', list);
  const rows = <ul class="rows">{data.items.map(row)}</ul>;
  return page(
    t('通知', 'Inbox'),
    asSeen(seenAt),
    data.items.length === 0 ? <p>{t('还没有通知。', 'There is nothing yet.')}</p> : rows,
    more(data.next, (after) => list({ after }), (further) => rows.append(...further.map(row))),
  );
}

/** Where in the app what it is about is shown: the platform's address without what stands before it; a ticket is told of to be rated. */
function addressOf(thing: string): string {
  const path = thing.replace(/^\/v1\//, '').split('/').map(decodeURIComponent);
  // Nobody is told of an anonymous complaint.
  return path[0] === 'tickets' ? to(['rate'], { ticket: path[1]! }) : to(path, path[0] === 'complaints' ? own : {});
}

function row(of: Schema['NotificationView']): HTMLElement {
  const alert = <p role="alert"></p>;
  return (
    <li class={of.readAt ? '' : 'unread'}>
      <a href={addressOf(of.thing)} onclick={() => { if (!of.readAt) void read(of.id, alert); }}>
        <strong>{of.title}{of.readAt ? null : <span class="new">{t('未读', 'New')}</span>}</strong>
        {/* Releases before wrote days as programs do. */}
        <span>{dated(of.text)}</span>
        <span class="quiet">{moment(of.at)}</span>
      </a>
      {alert}
    </li>
  );
}

const key = attempts();

// Nobody waits for it: unread, it is only shown once more.
async function read(id: string, alert: HTMLElement): Promise<void> {
  try {
    await must(api.POST('/v1/notifications/{id}/reading', { params: { path: { id }, header: { 'Idempotency-Key': key(id) } } }));
  } catch (error) {
    alert.textContent = wordsFor(error);
  }
}

/**
 * How many are unread; null where that cannot be known now.
 * @param seen The place that is shown: whoever sees what they are told of has read it.
 */
export async function unread(seen: Place | null): Promise<number | null> {
  if (!session.person()) return null;
  try {
    const { items, total } = await must(api.GET('/v1/notifications', { params: { query: { unread: true, first: 100, count: true } } }));
    const read = seen ? items.filter(({ thing }) => isAt(placeOf(addressOf(thing)), seen)) : [];
    await Promise.all(read.map(({ id }) => must(api.POST('/v1/notifications/{id}/reading', { params: { path: { id }, header: { 'Idempotency-Key': key(id) } } }))));
    return (total ?? 0) - read.length;
  } catch {
    return null;
  }
}

const isAt = (place: Place, seen: Place): boolean => place.path.join('/') === seen.path.join('/') && [...place.query].every(([name, value]) => seen.query.get(name) === value);
