// One's visits: when and where, moving and cancelling them, the calendar entry, and what one shows at the hall.
import { h } from '../jsx';
import { encode } from 'uqr';
import { answer, api, attempts, command, must, type Schema } from '../api';
import { calendarOf } from '../calendar';
import * as kept from '../kept';
import { Action, asSeen, facts, more, page, save, type Page } from '../parts';
import { t } from '../look';
import { go, to, type Place } from '../place';
import { appointmentStatus, dayOf, moment, time } from '../words';
import { ticketLink } from './tickets';

const standing: Schema['AppointmentStatus'][] = ['reserved', 'confirmed', 'checked-in'];

export async function appointmentsPage(): Promise<Page> {
  const list = (after?: string) => must(api.GET('/v1/appointments', { params: { query: { first: 100, ...after ? { after } : {} } } }));
  const { data, seenAt } = await kept.lastSeen('appointments', list);
  const visits: Schema['AppointmentView'][] = [];
  const none = <p>{t('没有预约。', 'Nothing is booked.')} <a href="#/">{t('选择事项预约', 'Choose a matter and book')}</a></p>;
  const [ahead, past] = [<ul class="rows"></ul>, <ul class="rows"></ul>];
  const before = <section><h2>{t('以往和已取消', 'Past and cancelled')}</h2>{past}</section>;
  const put = (further: Schema['AppointmentView'][]): void => {
    visits.push(...further);
    const expected = visits.filter((of) => standing.includes(of.status) && Date.parse(of.end) > Date.now()).sort((a, b) => a.start.localeCompare(b.start));
    ahead.replaceChildren(...expected.map(row));
    // What was held and never confirmed was no visit.
    past.replaceChildren(...visits.filter((of) => !expected.includes(of) && of.status !== 'lapsed').map(row));
    none.hidden = !(ahead.hidden = expected.length === 0);
    before.hidden = past.childElementCount === 0;
  };
  put(data.items);
  return page(
    t('我的预约', 'My visits'),
    asSeen(seenAt),
    <p><a href={to(['tickets'])}>{t('不预约，到大厅取号排队', 'Without a booking: take a number in the hall')}</a></p>,
    none,
    ahead,
    before,
    more(data.next, list, put),
  );
}

const row = (of: Schema['AppointmentView']): HTMLElement => (
  <li><a href={to(['appointments', of.id])}>
    <strong>{moment(of.start)}</strong>
    <span>{of.item.name}</span>
    <span class={`state ${of.status}`}>{appointmentStatus(of.status)}</span>
  </a></li>
);

export async function appointmentPage({ path }: Place, left: AbortSignal): Promise<Page> {
  const id = path[1]!;
  const { data: [{ data: of, tag }, hall], seenAt } = await kept.lastSeen(`appointment ${id}`, async () => {
    const read = await answer(api.GET('/v1/appointments/{id}', { params: { path: { id } } }));
    return [read, await must(api.GET('/v1/halls/{hall}', { params: { path: { hall: read.data.hall } } }))] as const;
  });
  const key = attempts();
  const change = async (what: 'confirmation' | 'check-in' | 'cancellation'): Promise<void> => {
    await must(api.POST(`/v1/appointments/{id}/${what}`, { params: { path: { id }, ...command(tag, key(what)) } }));
    go(['appointments', id], { at: Date.now().toString(36) });
  };
  const isAhead = standing.includes(of.status) && Date.parse(of.end) > Date.now();
  // From a phone, which may be anywhere, only while the doors are open; an older app has kept no more of the hall than those.
  const doors = hall.hours.find(({ from, until }) => from <= time(of.start) && time(of.start) < until)?.from ?? '00:00';
  const opens = new Date(Math.max(Date.parse(of.start) - (hall.checkInMinutes ?? 0) * 60_000, Date.parse(`${dayOf(of.start)}T${doors}:00+08:00`)));
  const actions = <div class="actions"></div>;
  const early = <p></p>;
  const offer = (): void => {
    const isEarly = of.status === 'confirmed' && Date.now() < opens.getTime();
    early.hidden = !isEarly;
    early.textContent = t(`${moment(opens.toISOString())} 起可以在这里签到。`, `You can check in here from ${moment(opens.toISOString())}.`);
    actions.replaceChildren(...[
      of.status === 'reserved' && !seenAt ? <Action label={t('确认预约', 'Confirm')} run={() => change('confirmation')} /> : null,
      of.status === 'confirmed' && !seenAt && !isEarly ? <Action label={t('我已到大厅，签到', 'I am here: check in')} run={() => change('check-in')} /> : null,
      of.status === 'checked-in' && of.ticket ? <a class="button" href={to(['tickets'])}>{t('看前面还有几人', 'See how many are before you')}</a> : null,
      of.status === 'confirmed' ? <Action label={t('加入日历', 'Add to the calendar')} {...isEarly ? {} : { kind: 'second' as const }} run={async () => save(calendarOf(of, hall), 'onedoor.ics')} /> : null,
      of.status !== 'checked-in' && !seenAt ? <a class="button second" href={to(['book', of.item.code], { hall: of.hall, move: id })}>{t('改约', 'Move the visit')}</a> : null,
      of.status !== 'checked-in' && !seenAt ? <Action label={t('取消预约', 'Cancel the visit')} kind="second" run={async () => {
        if (confirm(t('确定取消这个预约？', 'Cancel this visit?'))) await change('cancellation');
      }} /> : null,
    ].filter((one) => one !== null));
    if (!isEarly || left.aborted) return;
    // Who looks at it until then is offered it without asking again.
    const waiting = setTimeout(offer, opens.getTime() - Date.now());
    left.addEventListener('abort', () => clearTimeout(waiting));
  };
  offer();
  return page(
    of.item.name,
    asSeen(seenAt),
    <p class={`status ${of.status}`}><strong>{appointmentStatus(of.status)}</strong></p>,
    facts([
      [t('时间', 'When'), <strong>{moment(of.start)}</strong>],
      [t('大厅', 'Where'), `${hall.name}${t('，', ', ')}${hall.address}`],
      [t('预约人', 'For'), of.applicant.name],
      [t('号票', 'Ticket'), of.ticket ? ticketLink(of.ticket.number) : null],
    ]),
    of.displaced ? <p class="note">{t('大厅的排班有变，此预约已由大厅取消，请另约时间。', 'The hall had to cancel this visit. Please book another.')}</p> : null,
    of.moved && isAhead ? <p class="note">{t('大厅原定日期停办，已将此预约改到以上时间。不便前来的，可以改约或取消，未到也不记爽约。', 'The hall is closed on the day you booked and has moved your visit to this time. Move or cancel it if that does not suit you; not coming will not count.')}</p> : null,
    of.excused ? <p class="note">{t('大厅已撤销这次爽约记录，不再计入。', 'The hall has struck this: it does not count as a visit you missed.')}</p> : null,
    isAhead && of.status === 'confirmed' ? <figure class="code">{checkInCode(of.id)}<figcaption>{t('到大厅时出示此码签到', 'Show this code at the hall to check in')}</figcaption></figure> : null,
    ...isAhead ? [early, actions] : [<p><a href={to(['book', of.item.code], { hall: of.hall })}>{t('再约一次', 'Book another')}</a></p>],
  );
}

/** The appointment's id as a QR code, by which the hall's staff find it. */
function checkInCode(id: string): HTMLElement {
  const { data, size } = encode(id, { ecc: 'M', border: 2 });
  const canvas = <canvas width={size} height={size} role="img" aria-label={t('签到码', 'Check-in code')}></canvas> as HTMLCanvasElement;
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = '#000';
  data.forEach((line, y) => line.forEach((dark, x) => { if (dark) pen.fillRect(x, y, 1, 1); }));
  return canvas;
}
