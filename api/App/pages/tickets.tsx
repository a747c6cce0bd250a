// One's number in a hall: taken on the spot, and followed as it happens until a window calls it.
import { h } from '../jsx';
import { answer, anybody, api, attempts, command, must, Unreachable, type Schema } from '../api';
import * as kept from '../kept';
import { Action, asSeen, page, type Page } from '../parts';
import { t } from '../look';
import { go, to, type Place } from '../place';
import { day, dayOf, grade, moment, s, ticketStatus } from '../words';
import { isOpen, reviewsOf } from './reviews';

type Ticket = Schema['TicketView'];
// After so long what was cut off is asked for again, and after so much silence that is said.
const again = 3_000;
const silence = 60_000;

const running: Schema['TicketStatus'][] = ['waiting', 'called', 'serving', 'parked'];

export async function ticketsPage({ query }: Place, left: AbortSignal): Promise<Page> {
  // What an older app has kept says nothing of ratings.
  const { data: [tickets, halls, reviews = []], seenAt } = await kept.lastSeen('tickets', () => Promise.all([
    must(api.GET('/v1/tickets', { params: { query: { first: 20 } } })).then(({ items }) => items), must(anybody.GET('/v1/halls')).then(({ items }) => items), reviewsOf(),
  ]));
  const done = tickets.filter(({ status }) => status === 'done');
  // Who was not there when they were called can come back on the same day.
  const mine = tickets.filter((ticket) => running.includes(ticket.status) || ticket.status === 'missed' && dayOf(ticket.takenAt) === dayOf(Date.now()));
  const hall = halls.find(({ code }) => code === (query.get('hall') ?? mine[0]?.hall)) ?? halls[0]!;
  const cards = mine.map((ticket) => <section class="ticket" role="status">{card(ticket, halls)}</section>);
  if (!seenAt) mine.forEach((ticket, i) => follow(ticket, halls, cards[i]!, left));
  return page(
    t('排队取号', 'Queue'),
    asSeen(seenAt),
    ...cards,
    mine.length > 0 ? <h2>{t('另取一个号', 'Take another number')}</h2> : null,
    <div class="field">
      <label for="hall">{t('大厅', 'Hall')}</label>
      <select id="hall" value={hall.code} onchange={(event: Event) => go(['tickets'], { hall: (event.target as HTMLSelectElement).value })}>
        {halls.map((one) => <option value={one.code}>{one.name}</option>)}
      </select>
      <p class="hint">{hall.address}</p>
    </div>,
    seenAt ? null : await groups(hall.code, tickets),
    done.length > 0 ? (
      <section>
        <h2>{t('已办结', 'Served')}</h2>
        <ul class="rows">{done.map((ticket) => <li>
          <strong>{ticket.number}</strong>
          <span>{halls.find(({ code }) => code === ticket.hall)?.name ?? ticket.hall} · {day(ticket.takenAt)}</span>
          {rated(ticket, reviews.find((review) => review.ticket === ticket.id))}
        </li>)}</ul>
      </section>
    ) : null,
  );
}

const rated = (ticket: Ticket, review: Schema['ReviewView'] | undefined): HTMLElement | null => review
  ? <span><a href={to(['reviews', review.id])}>{t('已评价：', 'Rated: ')}{grade(review.grade)}</a></span>
  : isOpen(ticket.endedAt) ? <div class="actions"><a class="button second" href={to(['rate'], { ticket: ticket.id })}>{t('评价这次服务', 'Rate this visit')}</a></div> : null;

/** How busy each kind of matter is in a hall, and a number for it. */
async function groups(hall: string, tickets: readonly Ticket[]): Promise<HTMLElement> {
  const params = { path: { hall } };
  const [board, { priorities }] = await Promise.all([must(anybody.GET('/v1/halls/{hall}/board', { params })), must(anybody.GET('/v1/halls/{hall}', { params }))]);
  const priority = (
    <select id="priority">
      <option value="">{t('无', 'None')}</option>
      {priorities.map(({ code, name }) => <option value={code}>{name}</option>)}
    </select>
  ) as HTMLSelectElement;
  const key = attempts();
  const held = (group: string): HTMLElement | null => {
    const mine = tickets.find((ticket) => ticket.hall === hall && ticket.group === group && running.includes(ticket.status));
    return mine ? <span class="state">{t(`您已取 ${mine.number}`, `You have ${mine.number}`)}</span> : null;
  };
  const screen = <p class="hint"><a href={`/board/${hall}`}>{t('大厅的叫号大屏', 'The big screen of the hall')}</a></p>;
  if (!board.open) return (
    <div>
      <p class="note">{t('大厅现在没有开放。', 'The hall is closed now.')} {board.opensAt ? <strong>{t(`${moment(board.opensAt)} 开放，届时可以取号。`, `It opens ${moment(board.opensAt)}; numbers are given then.`)}</strong> : null}</p>
      <p>{t('也可以预约一个时间：', 'You can book a time instead: ')}<a href="#/">{t('选择事项预约', 'choose a matter and book')}</a></p>
      {screen}
    </div>
  );
  return (
    <div>
      <div class="field"><label for="priority">{t('优先服务', 'Priority')}<span class="optional">{t('选填', 'optional')}</span></label>{priority}<p class="hint">{t('请带好证件，窗口可能查验。', 'Bring a proof: the window may ask for it.')}</p></div>
      <ul class="rows">{board.groups.map((group) => (
        <li>
          <strong>{t(group.name.zh, group.name.en)}</strong>
          <span>{t(`${group.waiting} 人等候`, `${group.waiting} waiting`)}{t('，', ', ')}{wait(group.estimatedWait, group.windows)}</span>
          {held(group.code) ?? <Action label={t('取号', 'Take a number')} kind="second" run={async () => {
            if (group.windows === 0 && !confirm(t('现在没有窗口办理此类事项，可能要等很久。仍要取号？', 'No window serves this now, and you may wait for long. Take a number all the same?'))) return;
            const body = { group: group.code, ...(priority.value ? { priority: priority.value } : {}) };
            await must(api.POST('/v1/halls/{hall}/tickets', { params: { path: { hall }, header: { 'Idempotency-Key': key(body) } }, body }));
            go(['tickets'], { hall, at: Date.now().toString(36) });
          }} />}
        </li>
      ))}</ul>
      {screen}
    </div>
  );
}

const wait = (range: Schema['EstimatedWait'] | null | undefined, windows: number): string => range
  ? t(`约 ${range.from}–${range.until} 分钟（${range.windows} 个窗口，按最近 ${range.measured} 次办理推算）`,
    `about ${range.from}–${range.until} minutes (${range.windows} window${s(range.windows)}, by the last ${range.measured} service${s(range.measured)})`)
  : windows === 0 ? t('暂无窗口办理', 'no window serves it now') : t('等候时间未知', 'waiting time not known yet');

const cancellations = attempts();

function card(ticket: Ticket, halls: readonly Schema['HallView'][]): HTMLElement {
  const hall = halls.find(({ code }) => code === ticket.hall)?.name ?? ticket.hall;
  return (
    <div>
      <p class={`status ${ticket.status}`}><strong class="number">{ticket.number}</strong> {ticketStatus(ticket.status)}<br />{hall}</p>
      {ticket.status === 'missed' ? <p>{t('叫号时您不在。请在今天之内到窗口说明，可以恢复排队；也可以另取一个号。', 'You were called and not there. Tell a window today, and it lets you wait again; or take another number.')}</p> : null}
      {ticket.status === 'called' ? <p><strong>{t(`请到 ${ticket.window} 号窗口`, `Please go to window ${ticket.window}`)}</strong></p> : null}
      {typeof ticket.ahead === 'number' ? <p>{ticket.ahead === 0 ? t('下一位就是您', 'You are next') : t(`前面还有 ${ticket.ahead} 人`, `${ticket.ahead} before you`)}{t('，', ', ')}{wait(ticket.estimatedWait, ticket.estimatedWait?.windows ?? 1)}</p> : null}
      {ticket.status === 'done' ? rated(ticket, undefined) : null}
      {ticket.status === 'done' ? <p><a href={to(['complain'], { ticket: ticket.id, number: ticket.number })}>{t('投诉这次服务', 'Complain about this visit')}</a></p> : null}
      {ticket.status === 'waiting' || ticket.status === 'parked' ? <Action label={t('不等了，取消', 'Give up my number')} kind="second" run={async () => {
        if (!confirm(t('确定不要这个号了？', 'Give up this number?'))) return;
        const { data, tag } = await answer(api.GET('/v1/tickets/{id}', { params: { path: { id: ticket.id } } }));
        // Pressed again because no answer came, it may be done already.
        if (data.status !== 'cancelled') await must(api.POST('/v1/tickets/{id}/cancellation', { params: { path: { id: ticket.id }, ...command(tag, cancellations(ticket.id)) } }));
        go(['tickets'], { at: Date.now().toString(36) });
      }} /> : null}
    </div>
  );
}

/** The hall's board says that something has changed; what it means for this ticket the ticket says. Where nothing is heard any more, that is said, and the board asked for again. */
function follow(ticket: Ticket, halls: readonly Schema['HallView'][], at: HTMLElement, left: AbortSignal): void {
  const cut = <p role="alert" hidden>{t('连接中断，以上可能已过时，请留意现场叫号。', 'Cut off: this may be out of date. Listen for your number.')}</p>;
  let events: EventSource | null = null;
  let called = ticket.calledAt;
  const timers: { watch?: number; listen?: number; read?: number } = {};
  const set = (name: keyof typeof timers, act: () => void, after: number): void => {
    clearTimeout(timers[name]);
    if (!left.aborted) timers[name] = setTimeout(act, after);
  };
  const heard = (): void => {
    cut.hidden = true;
    set('watch', () => { cut.hidden = false; }, silence);
  };
  const read = async (): Promise<void> => {
    try {
      const now = await must(api.GET('/v1/tickets/{id}', { params: { path: { id: ticket.id } } }));
      at.replaceChildren(card(now, halls), cut);
      // Whoever waits looks elsewhere. Called once more it is felt again.
      if (now.status === 'called' && now.calledAt !== called) navigator.vibrate?.([400, 200, 400]);
      called = now.calledAt;
    } catch (error) {
      // What was shown last stays; it may be the call that was missed.
      if (error instanceof Unreachable) set('read', () => void read(), again);
    }
  };
  const listen = (): void => {
    events?.close();
    const opened = events = new EventSource(`/v1/halls/${ticket.hall}/board`);
    opened.addEventListener('board', () => { heard(); void read(); });
    opened.addEventListener('alive', heard);
    // What the browser does not take up again by itself is asked anew.
    opened.onerror = () => { if (opened.readyState === EventSource.CLOSED) set('listen', listen, again); };
  };
  addEventListener('online', listen, { signal: left });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) void read(); }, { signal: left });
  left.addEventListener('abort', () => {
    events?.close();
    Object.values(timers).forEach(clearTimeout);
  });
  at.append(cut);
  heard();
  listen();
}

/** Where the number of an appointment that is checked in is followed. */
export const ticketLink = (number: string): HTMLElement => <a href={to(['tickets'])}>{number}</a>;
