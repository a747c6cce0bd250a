// The app starts here: who is signed in, which page is shown, and what happens when the connection, the session or the app itself changes.
import { h } from './jsx';
import { Refused, Unreachable } from './api';
import { codes, fresh } from './codes';
import * as kept from './kept';
import * as look from './look';
import * as outbox from './outbox';
import * as session from './session';
import { here, type Place } from './place';
import { Action, awayTitle, page, signInPage, wordsFor, type Page } from './parts';
import { appointmentPage, appointmentsPage } from './pages/appointments';
import { batchesPage, batchPage } from './pages/batches';
import { bookPage } from './pages/book';
import { casePage, casesPage } from './pages/cases';
import { complainPage, complaintPage, complaintsPage } from './pages/complaints';
import { applyPage } from './pages/apply';
import { findPage, itemPage } from './pages/find';
import { licencePage, licencesPage } from './pages/licences';
import { notificationsPage, unread } from './pages/notifications';
import { ratePage, reviewPage, reviewsPage, workOrderPage } from './pages/reviews';
import { settingsPage } from './pages/settings';
import { supervisionPage } from './pages/supervision';
import { supplyPage } from './pages/supply';
import { ticketsPage } from './pages/tickets';
import { outboxNotes } from './pages/waiting';
import { offerUpdates } from './updates';

const { t } = look;

/** The pages. Those of the person signed in say what signing in is for; without a connection they show what was last seen. */
const pages: { path: string[]; show: (place: Place, left: AbortSignal) => Promise<Page>; signedIn?: () => [string, string] }[] = [
  { path: [], show: findPage },
  { path: ['items', ':code'], show: itemPage },
  { path: ['cases'], show: casesPage, signedIn: () => [t('我的办件', 'My cases'), t('登录后可以查看您的办件和进度。', 'Sign in to see your cases and how they stand.')] },
  { path: ['cases', ':id'], show: casePage, signedIn: () => [t('办件', 'Case'), t('登录后可以查看您的办件。', 'Sign in to see your case.')] },
  { path: ['cases', ':id', 'supply'], show: supplyPage, signedIn: () => [t('补正', 'Correct your application'), t('登录后可以补正。', 'Sign in to hand in what is missing.')] },
  { path: ['batches'], show: batchesPage, signedIn: () => [t('批量录入', 'Batches'), t('登录后可以查看本单位的批量录入。', 'Sign in to see your company’s batches.')] },
  { path: ['batches', ':id'], show: batchPage, signedIn: () => [t('批量录入', 'Batch'), t('登录后可以查看批量录入的进度。', 'Sign in to see how far your batch is.')] },
  { path: ['licences'], show: licencesPage, signedIn: () => [t('我的证照', 'My licences'), t('登录后可以出示您的电子证照。', 'Sign in to show your licences.')] },
  { path: ['licences', ':number'], show: licencePage, signedIn: () => [t('证照', 'Licence'), t('登录后可以出示您的电子证照。', 'Sign in to show your licence.')] },
  { path: ['appointments'], show: appointmentsPage, signedIn: () => [t('我的预约', 'My visits'), t('登录后可以查看和变更您的预约。', 'Sign in to see and change your visits.')] },
  { path: ['appointments', ':id'], show: appointmentPage, signedIn: () => [t('预约', 'Visit'), t('登录后可以查看您的预约。', 'Sign in to see your visit.')] },
  { path: ['tickets'], show: ticketsPage, signedIn: () => [t('排队取号', 'Queue'), t('登录后可以取号，并看到前面还有多少人。', 'Sign in to take a number and see how many are before you.')] },
  { path: ['apply', ':item'], show: applyPage, signedIn: () => [t('申办', 'Apply'), t('登录后以本人或本企业的名义申请。', 'Sign in to apply for yourself or your company.')] },
  { path: ['book', ':item'], show: bookPage },
  { path: ['notifications'], show: notificationsPage, signedIn: () => [t('通知', 'Inbox'), t('登录后可以查看您的通知。', 'Sign in to see what you were told.')] },
  { path: ['rate'], show: ratePage },
  { path: ['reviews'], show: reviewsPage, signedIn: () => [t('我的评价', 'My ratings'), t('登录后可以查看您的评价和整改情况。', 'Sign in to see what you rated and what came of it.')] },
  { path: ['reviews', ':id'], show: reviewPage },
  { path: ['work-orders', ':id'], show: workOrderPage, signedIn: () => [t('整改情况', 'What came of it'), t('登录后可以查看您的评价和整改情况。', 'Sign in to see what you rated and what came of it.')] },
  { path: ['supervision-tasks', ':id'], show: supervisionPage, signedIn: () => [t('监管', 'Supervision'), t('登录后可以查看检查和整改情况。', 'Sign in to see what an inspection found.')] },
  { path: ['complaints'], show: complaintsPage },
  { path: ['complaints', ':id'], show: complaintPage },
  { path: ['complain'], show: complainPage },
  { path: ['settings'], show: settingsPage },
];

const links = (): [string, string][] => [['#/', t('办事', 'Find')], ['#/cases', t('办件', 'Cases')], ['#/licences', t('证照', 'Licences')], ['#/appointments', t('预约', 'Visits')], ['#/complaints', t('投诉', 'Complaints')], ['#/settings', t('设置', 'Settings')]];

const main = <main id="main" tabindex="-1"></main>;
const waiting = <div></div>;
const notes = <div class="notes">{waiting}</div>;
const inbox = <a class="inbox" href="#/notifications"></a>;
let left = new AbortController();

function frame(): void {
  const first = here().path[0] ?? '';
  const current = { items: '', book: '', apply: '', complain: 'complaints', tickets: 'appointments', rate: 'cases', reviews: 'cases', 'work-orders': 'cases', batches: 'cases' }[first] ?? first;
  document.body.replaceChildren(
    <a class="skip" href="#main" onclick={(event: Event) => { event.preventDefault(); main.focus(); }}>{t('跳到正文', 'Skip to the content')}</a>,
    <header><div>
      <img src="/house/mark.svg" alt="" width="36" height="36" />
      <a class="brand" href="#/">{t('一门通', 'OneDoor')}<span>{t('综合保税区政务服务', 'Government services of the zone')}</span></a>
      {session.person() ? inbox : null}
      <button type="button" class="plain" lang={t('en', 'zh-CN')} onclick={() => { look.choose({ language: t('en', 'zh-CN') as 'en' }); void show({ isSame: true }); }}>{t('English', '中文')}</button>
    </div></header>,
    <nav aria-label={t('主要页面', 'Main pages')}><ul>
      {links().map(([address, name]) => <li><a href={address} aria-current={address === `#/${current}` ? 'page' : null}>{name}</a></li>)}
    </ul></nav>,
    notes,
    main,
  );
}

/** The inbox in the header, with how many are unread. What could not be shown as it is now is not read. */
async function tellOfUnread(place: Place): Promise<void> {
  const count = await unread(main.querySelector('.old') ? null : place);
  inbox.replaceChildren(t('通知', 'Inbox'), ...count ? [<span class="count"><span class="hidden">{t('，未读：', ', unread: ')}</span>{count > 99 ? '99+' : count}</span>] : []);
}

/** What is written on a page that is drawn anew in another language: what is said without a name is kept nowhere else. */
let held: { place: string; values: (string | boolean)[] } | null = null;
let drawn = '';

// Agreed is to what was read, in the language it was read in.
const fields = (): HTMLInputElement[] => [...main.querySelectorAll<HTMLInputElement>('form :is(input:not([type=file], #agreed, #committed), select), textarea')].filter(({ form }) => !form?.hidden);
const valueOf = ({ type, checked, value }: HTMLInputElement): string | boolean => type === 'checkbox' || type === 'radio' ? checked : value;

/** Puts back what was held, once the page is there again that it was written on. */
function giveBack(): void {
  if (held?.place !== location.hash) held = null;
  const now = fields();
  if (!held || now.length !== held.values.length) return;
  const { values } = held;
  held = null;
  const changed = now.filter((field, i) => {
    const value = values[i]!;
    if (valueOf(field) === value) return false;
    if (typeof value === 'boolean') field.checked = value;
    else field.value = value;
    return true;
  });
  // Told once all of it is there: whether something may be kept is said by another field.
  for (const field of changed) {
    if (valueOf(field)) field.closest('details')?.setAttribute('open', '');
    for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
  }
}

/**
 * Shows the page of where one is.
 * @param isSame Whether it is the page that is there, in other words.
 */
async function show({ quietly = false, isSame = false } = {}): Promise<void> {
  left.abort();
  const signal = (left = new AbortController()).signal;
  frame();
  main.setAttribute('aria-busy', 'true');
  const place = here();
  const found = pages.find(({ path }) => path.length === place.path.length && path.every((part, i) => part.startsWith(':') || part === place.path[i]));
  const shown = await (found ? open(found, place, signal) : Promise.resolve(page(t('没有这个页面', 'There is no such page'), <p><a href="#/">{t('查找事项', 'Find a matter')}</a></p>)));
  if (signal.aborted) return;
  // On a slow line the page that is there may be another than the one that is coming.
  if (isSame && drawn === location.hash && fields().length > 0) held = { place: location.hash, values: fields().map(valueOf) };
  document.title = `${shown.title} · ${t('一门通', 'OneDoor')}`;
  const heading = <h1 tabindex="-1">{shown.title}</h1>;
  main.replaceChildren(heading, shown.body);
  drawn = location.hash;
  giveBack();
  void tellOfUnread(place);
  void tellOfWaiting();
  main.removeAttribute('aria-busy');
  if (!quietly) {
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
}

async function open({ show: read, signedIn }: typeof pages[number], place: Place, signal: AbortSignal): Promise<Page> {
  // Who was signed in sees what was last seen for as long as nobody says how to sign in.
  if (signedIn && !session.person() && (session.wasSignedIn() ? navigator.onLine && session.canSignIn() : true)) {
    if (await takeUp()) return new Promise(() => undefined);
    return signInPage(...signedIn());
  }
  try {
    return await read(place, signal);
  } catch (error) {
    const isNobody = error instanceof session.Ended || error instanceof Refused && error.problem.status === 401 && !session.person();
    if (isNobody && signedIn) return signInPage(...signedIn());
    const again = <Action label={t('重试', 'Try again')} kind="second" run={() => show()} />;
    return page(error instanceof Unreachable ? awayTitle() : t('无法显示', 'This cannot be shown'), <p role="alert" class="old">{wordsFor(error)}</p>, again);
  }
}

/** What waits, and what became of it. It is said anew only where it is something else: what is there may be being read or pressed. */
async function tellOfWaiting(): Promise<void> {
  const told = await outboxNotes();
  const words = told.map(({ textContent }) => textContent).join();
  if (words === said) return;
  said = words;
  waiting.replaceChildren(...told);
}
let said = '';

/** Whether somebody has written what a page that is loaded again would not have any more. */
const isWriting = (): boolean => [...main.querySelectorAll<HTMLInputElement>('input:not([type=search]), textarea')]
  .some(({ type, value, checked, defaultChecked }) => type === 'checkbox' || type === 'radio' ? checked !== defaultChecked : value !== '');

/**
 * Who signed in on this device is asked for at the identity server, which knows them without a question.
 * @returns Whether the browser leaves for it: once, for the answer is where the app begins anew.
 */
async function takeUp(): Promise<boolean> {
  // A code that nobody has kept yet stands on this page alone.
  if (session.person() || back || fresh.size > 0 || !session.wasSignedIn() || !session.canSignIn()) return false;
  return session.signIn({ silently: true });
}
let back: Awaited<ReturnType<typeof session.begin>> = null;

/** What waits is sent whenever there is reason to think that it can be, and by an app that started without a connection, once it knows who sends it. */
async function sendWaiting({ isBack = false } = {}): Promise<void> {
  const isNews = await session.discover();
  if (!isWriting() && await takeUp()) return;
  // Only what is out of date: whoever is in the middle of something is left to it.
  if ((isBack || isNews) && main.querySelector('.old') && !isWriting()) void show({ quietly: true });
  await outbox.send();
  await tellOfWaiting();
}

async function start(): Promise<void> {
  look.apply();
  back = await session.begin();
  if (await takeUp()) return;
  const person = session.person();
  // Somebody signed out elsewhere while the device had put this tab to sleep.
  if (!person && !back && !session.wasSignedIn()) sessionStorage.clear();
  if (person) {
    session.takeTab(person);
    await kept.keepFor(person.subject).catch(kept.withoutRoom);
  } else if (back?.nobody) await kept.forgetSeen().catch(kept.withoutRoom);
  addEventListener('hashchange', () => void show());
  // The page that is there as it is by now, with what is written on it.
  addEventListener('onedoor.again', () => void show({ isSame: true }));
  look.onChosenElsewhere(() => void show({ quietly: true, isSame: true }));
  session.onEndedElsewhere(() => {
    outbox.stop();
    codes.clear();
    location.hash = '#/';
    void show();
  });
  outbox.onChange(() => void tellOfWaiting());
  addEventListener('online', () => void sendWaiting({ isBack: true }));
  document.addEventListener('visibilitychange', () => { if (!document.hidden) void sendWaiting(); });
  setInterval(() => void sendWaiting(), 30_000);
  offerUpdates(notes);
  await show({ quietly: true });
  if (back?.failed) notes.append(<p class="note top" role="alert">{t('登录没有成功，请重试。', 'Signing in did not work. Try again.')}</p>);
  await sendWaiting();
}

void start();
