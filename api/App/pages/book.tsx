// Booking a visit, or moving one: a hall, then a day and a time as a list, or all of them as a table; the place is held while one looks it over.
import { h } from '../jsx';
import { answer, api, attempts, command, must, Unreachable, type Problem, type Schema } from '../api';
import * as outbox from '../outbox';
import { Action, awayTitle, busy, page, refusalWords, signInPage, type Page } from '../parts';
import { t } from '../look';
import { go, to, type Place } from '../place';
import * as session from '../session';
import { day, dayAndMonth, dayOf, moment, time, tx, weekday } from '../words';

const daysAhead = 13;
const aDay = 86_400_000;
const anHour = 3_600_000;

export async function bookPage({ path, query }: Place): Promise<Page> {
  const code = path[1]!;
  const [{ item }, halls] = await Promise.all([
    must(api.GET('/v1/catalogue/items/{code}', { params: { path: { code } } })),
    must(api.GET('/v1/halls')),
  ]);
  const title = query.has('move') ? t('改约', 'Move the visit') : t('预约', 'Book a visit');
  if (!session.person()) return signInPage(title, t('登录后以本人或本企业的名义预约。', 'Sign in to book for yourself or your company.'));
  const taking = halls.items.filter(({ code: of }) => item.halls.includes(of));
  const hall = taking.find(({ code: of }) => of === query.get('hall')) ?? taking[0];
  if (!hall) return page(title, <p class="note">{t('这个事项没有可预约的大厅。', 'No hall takes bookings for this matter.')}</p>);
  const held = <div></div>;
  const offered = <div></div>;
  const key = attempts();
  // Once there was an answer, the same time is another hold.
  let answered = 0;
  // One press is one command, however late its answer: until then no other time can be pressed.
  const choose = async (slot: Schema['Slot']): Promise<void> => {
    offered.inert = true;
    try {
      if (query.get('move')) await move(query.get('move')!, slot, key(slot.start));
      else await hold(held, { item: code, itemName: tx(item.name), hall: hall.code, hallName: hall.name, start: slot.start }, offer, key({ start: slot.start, answered }), () => answered++);
    } finally {
      offered.inert = false;
    }
  };
  const isTable = query.get('as') === 'table';
  const other = to(path, { hall: hall.code, move: query.get('move') ?? undefined, as: isTable ? undefined : 'table' });
  const offer = async (): Promise<void> => {
    const { items: slots } = await must(api.GET('/v1/halls/{hall}/slots', {
      params: { path: { hall: hall.code }, query: { item: code, from: dayOf(Date.now()), to: dayOf(Date.now() + daysAhead * aDay) } },
    }));
    offered.replaceChildren(...slots.some(({ free }) => free > 0)
      ? [<p><a href={other}>{isTable ? t('显示为列表', 'Show as a list') : t('显示为表格', 'Show as a table')}</a></p>, isTable ? table(slots, choose) : list(slots, choose)]
      : [<p class="note">{t('两周内没有空闲时间。可以换一个大厅，或直接到大厅取号。', 'Nothing is free for two weeks. Try another hall, or come without a booking.')}</p>]);
  };
  await offer();
  return page(
    title,
    <p><strong>{tx(item.name)}</strong></p>,
    <div class="field">
      <label for="hall">{t('大厅', 'Hall')}</label>
      <select id="hall" value={hall.code} onchange={(event: Event) => go(path, { ...Object.fromEntries(query), hall: (event.target as HTMLSelectElement).value })}>
        {taking.map((one) => <option value={one.code}>{one.name}</option>)}
      </select>
      <p class="hint">{hall.address}</p>
    </div>,
    held,
    <p>{t('预约不是办事的条件：不预约也可以直接到大厅取号。', 'You do not need to book: you can also take a number at the hall.')}</p>,
    offered,
  );
}

const byDay = (slots: Schema['Slot'][]): [string, Schema['Slot'][]][] => [...Map.groupBy(slots, ({ start }) => dayOf(start))];

/** @param alert Where it is told that it could not be had: beside one time of many there is no room for it. */
function button(slot: Schema['Slot'], choose: (slot: Schema['Slot']) => Promise<void>, label: string, alert: HTMLElement): HTMLElement {
  const time: HTMLElement = <button type="button" class="second" onclick={() => void busy(time, alert, () => choose(slot), (problem) => alert.replaceChildren(refusalWords(problem), ' ', inTheWay(problem)))}>{label}</button>;
  return time;
}

/** Where the visit is that stands in the way of another, if one does. */
export const inTheWay = ({ things }: Problem): HTMLElement | '' => things?.[0] ? <a href={to(['appointments', things[0]])}>{t('查看那个预约', 'See that visit')}</a> : '';

/** A list of days, each with its free times: what somebody who listens to the page goes through. */
const list = (slots: Schema['Slot'][], choose: (slot: Schema['Slot']) => Promise<void>): HTMLElement => (
  <div>{byDay(slots).map(([date, ofDay]) => {
    const free = ofDay.filter((slot) => slot.free > 0);
    const alert = <p role="alert"></p>;
    return (
      <details open={free.length > 0 && date === dayOf(slots.find((slot) => slot.free > 0)!.start)} class="day">
        <summary>{day(date)} <span class="quiet">{free.length === 0 ? t('已约满', 'full') : t(`余 ${free.length} 个时段`, `${free.length} times free`)}</span></summary>
        <ul class="times">{free.map((slot) => <li>{button(slot, choose, time(slot.start), alert)}</li>)}</ul>
        {alert}
      </details>
    );
  })}</div>
);

/** Days across, times down. */
function table(slots: Schema['Slot'][], choose: (slot: Schema['Slot']) => Promise<void>): HTMLElement {
  const days = byDay(slots);
  const times = [...new Set(slots.map(({ start }) => time(start)))].sort();
  const alert = <p role="alert"></p>;
  const all = (
    <div class="wide" tabindex="0" role="region" aria-label={t('空闲时间', 'Free times')}>
      <table>
        <thead><tr><td></td>{days.map(([date]) => <th scope="col">{weekday(date)}<br />{dayAndMonth(date)}</th>)}</tr></thead>
        <tbody>{times.map((at) => (
          <tr>
            <th scope="row">{at}</th>
            {days.map(([, ofDay]) => {
              const slot = ofDay.find(({ start }) => time(start) === at);
              return <td>{slot && slot.free > 0 ? button(slot, choose, at, alert) : <span aria-label={t('没有空位', 'nothing free')}>–</span>}</td>;
            })}
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
  return <div>{all}{alert}</div>;
}

type Wanted = { item: string; itemName: string; hall: string; hallName: string; start: string };

/** Holds the place, and shows for how long; after that what is free then is offered. Without a connection the booking waits on the device. */
async function hold(shown: HTMLElement, wanted: Wanted, offer: () => Promise<void>, key: string, done: () => void): Promise<void> {
  try {
    const { data, tag } = await answer(api.POST('/v1/appointments', {
      body: { item: wanted.item, hall: wanted.hall, start: wanted.start }, params: { header: { 'Idempotency-Key': key } },
    }));
    done();
    showHold(shown, wanted, data, tag, offer);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    offerToWait(shown, wanted, key, done);
  }
}

function showHold(shown: HTMLElement, wanted: Wanted, held: Schema['AppointmentView'], tag: string, offer: () => Promise<void>): void {
  const rest = <p></p>;
  const until = Date.parse(held.heldUntil!);
  const params = { path: { id: held.id } };
  const key = attempts();
  const box = (
    <section class="note held" tabindex="-1">
      <h2>{t('请确认', 'Please confirm')}</h2>
      <p>{wanted.itemName}<br />{moment(held.start)}<br />{wanted.hallName}</p>
      {rest}
      <Action label={t('确认预约', 'Confirm')} run={async () => {
        await must(api.POST('/v1/appointments/{id}/confirmation', { params: { ...params, ...command(tag, key('confirmation')) } }));
        go(['appointments', held.id]);
      }} />
      <Action label={t('换个时间', 'Choose another time')} kind="second" run={async () => {
        await must(api.POST('/v1/appointments/{id}/cancellation', { params: { ...params, ...command(tag, key('cancellation')) } }));
        shown.replaceChildren();
      }} />
    </section>
  );
  const tick = (): void => {
    // It was given up, or another is held: of this one nothing is said any more.
    if (!box.isConnected) { clearInterval(ticking); return; }
    const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
    rest.textContent = t(`已为您保留，请在 ${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒内确认。`, `Held for you: confirm within ${Math.floor(seconds / 60)} min ${seconds % 60} s.`);
    if (seconds > 0) return;
    clearInterval(ticking);
    shown.replaceChildren(<p class="note" role="alert">{t('保留时间已过，请重新选择。', 'The hold is over: choose again.')}</p>);
    // Without a connection what was free stays to choose from.
    offer().catch(() => undefined);
  };
  const ticking = setInterval(tick, 1000);
  shown.replaceChildren(box);
  tick();
  box.focus();
}

function offerToWait(shown: HTMLElement, wanted: Wanted, key: string, done: () => void): void {
  // An hour before it starts nobody wants to hear of it for the first time; nor tomorrow of what was wanted today.
  const expires = new Date(Math.min(Date.parse(wanted.start) - anHour, Date.now() + 12 * anHour));
  const box = (
    <section class="note held" tabindex="-1">
      <h2>{awayTitle()}</h2>
      <p>{wanted.itemName}<br />{moment(wanted.start)}<br />{wanted.hallName}</p>
      <p>{t(`可以先存在本机，网络恢复后自动预约，最迟 ${moment(expires.toISOString())}。结果会告诉您。`, `It can wait on this device and be booked when there is a connection again, until ${moment(expires.toISOString())}. You are told what became of it.`)}</p>
      <Action label={t('恢复后预约', 'Book it then')} run={async () => {
        await outbox.add({ kind: 'booking', item: wanted.item, itemName: wanted.itemName, hall: wanted.hall, start: wanted.start }, expires, key);
        done();
        shown.replaceChildren();
      }} />
      <Action label={t('换个时间', 'Choose another time')} kind="second" run={async () => shown.replaceChildren()} />
    </section>
  );
  shown.replaceChildren(box);
  box.focus();
}

async function move(id: string, slot: Schema['Slot'], key: string): Promise<void> {
  const { data, tag } = await answer(api.GET('/v1/appointments/{id}', { params: { path: { id } } }));
  // Pressed again because no answer came, it may be done already.
  if (Date.parse(data.start) !== Date.parse(slot.start))
    await must(api.POST('/v1/appointments/{id}/rescheduling', { params: { path: { id }, ...command(tag, key) }, body: { start: slot.start } }));
  go(['appointments', id]);
}
