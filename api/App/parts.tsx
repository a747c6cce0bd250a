// What pages are made of: what is said on top, what is done by a button, and where a refusal is shown.
import { Fragment, h, type Child } from './jsx';
import { attempts, Refused, Unreachable, type Problem } from './api';
import { t } from './look';
import { dated, day, moment } from './words';
import * as session from './session';

/** A page: its heading, what it holds, and what ends when it is left. */
export type Page = { title: string; body: HTMLElement };

export const page = (title: string, ...body: Child[]): Page => ({ title, body: <div>{body}</div> });

/** Says that what is shown was seen some time ago; nothing where it is what holds now. What is "old" is drawn anew when there is a connection again. */
export const asSeen = (seenAt: string | null): HTMLElement | null =>
  seenAt ? <p class="note top old" role="status">{away()}{t(`以下是 ${moment(seenAt)} 的情况。`, ` This is as of ${moment(seenAt)}.`)}</p> : null;

/** Why nobody answers, as far as a device knows: it may be connected, and the platform slow or away. */
export const away = (): string => navigator.onLine ? t('平台暂时没有应答。', 'The platform does not answer right now.') : t('没有网络连接。', 'There is no connection.');

/** The same over what it keeps from being done. */
export const awayTitle = (): string => navigator.onLine ? t('平台暂时没有应答', 'The platform does not answer') : t('没有网络连接', 'No connection');

/** The words of a refusal. */
export const refusalWords = ({ title, detail }: { title: string; detail?: string | null }): string => dated([title, detail].filter(Boolean).join(t('：', ': ')));

/** The words for whatever went wrong. */
export function wordsFor(error: unknown): string {
  if (error instanceof Refused) return isStale(error) ? t('这里的内容刚刚有了变化，请刷新后再决定。', 'This has changed just now. Look at it again, then decide.') : refusalWords(error.problem);
  if (error instanceof Unreachable) return away() + t('什么也没有丢失，请稍后再试。', ' Nothing is lost: try again in a moment.');
  if (error instanceof session.Ended) return t('登录已失效，请重新登录。', 'Your session has ended. Sign in again.');
  // What is wrong with the app itself is for whoever looks after it, and the person is told, too.
  reportError(error);
  const isStore = error instanceof DOMException && ['QuotaExceededError', 'InvalidStateError', 'UnknownError'].includes(error.name);
  return isStore ? t('无法保存到本机，可能是空间不足。', 'This could not be stored on this device; it may be full.') : t('出错了，请重试。', 'Something went wrong. Try again.');
}

/** What was on the page is not what holds any more (If-Match). */
const isStale = (error: unknown): boolean => error instanceof Refused && error.problem.status === 412;

/** Leaves to sign in, where anybody answers. */
export const signIn = async (): Promise<void> => { if (!await session.signIn()) throw new Unreachable(); };

/** A button that does something, and what came of it where that was not what one wanted. While it runs it says so and cannot be pressed again. */
export function Action({ label, run, kind }: { label: Child; run: () => Promise<unknown>; kind?: 'second' }): HTMLElement {
  const alert = <p role="alert"></p>;
  const button = <button type="button" class={kind} onclick={() => void busy(button, alert, run)}>{label}</button>;
  return <div class="action">{button}{alert}</div>;
}

/** Runs something for a button, and says beside it what went wrong. */
export async function busy(button: HTMLElement, alert: HTMLElement, run: () => Promise<unknown>, onRefused?: (problem: Problem) => void): Promise<void> {
  button.toggleAttribute('disabled', true);
  button.setAttribute('aria-busy', 'true');
  alert.textContent = '';
  try {
    await run();
  } catch (error) {
    if (error instanceof Refused && onRefused && !isStale(error)) onRefused(error.problem);
    else alert.textContent = wordsFor(error);
    if (isStale(error)) alert.append(' ', <button type="button" class="second" onclick={() => dispatchEvent(new Event('onedoor.again'))}>{t('刷新', 'Look again')}</button>);
    if (error instanceof session.Ended) alert.append(' ', <button type="button" class="second" onclick={() => void busy(button, alert, signIn)}>{t('登录', 'Sign in')}</button>);
    // On a phone it may lie under the places at the foot. At once: what moves is missed by who presses it.
    if (alert.textContent) alert.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  } finally {
    button.toggleAttribute('disabled', false);
    button.removeAttribute('aria-busy');
  }
}

type Sheet = { label: string; wrongs: () => Iterable<{ element: HTMLElement; words: string }>; submit: (key: (body: unknown) => string) => Promise<unknown>; oninput?: () => void; children?: Child };

/** A form with its button. What is plainly wrong is said before anything is sent, and what is refused at its field. */
export function Sheet({ label, wrongs, submit, oninput, children }: Sheet): HTMLElement {
  const summary = <div role="alert" class="summary"></div>;
  const alert = <p role="alert"></p>;
  const button = <button>{label}</button>;
  const key = attempts();
  const form = (
    <form novalidate oninput={oninput} onsubmit={(event: Event) => {
      event.preventDefault();
      clearRefusals(form, summary);
      const wrong = [...wrongs()];
      if (wrong.length > 0) showWrongs(summary, wrong);
      else void busy(button, alert, () => submit(key), (problem) => showRefusals(form, summary, problem));
    }}>
      {summary}
      {children}
      <div class="actions">{button}{alert}</div>
    </form>
  );
  return form;
}

/** The button at the end of a list that goes on: what follows is put where "put" says. Null where nothing does. */
export function more<Row>(next: string | null | undefined, read: (after: string) => Promise<{ items: Row[]; next?: string | null }>, put: (rows: Row[]) => void): HTMLElement | null {
  if (!next) return null;
  let at = next;
  const action: HTMLElement = <Action label={t('更多', 'More')} kind="second" run={async () => {
    const further = await read(new URL(at, location.origin).searchParams.get('after')!);
    put(further.items);
    if (further.next) at = further.next;
    else action.remove();
  }} />;
  return action;
}

/** A labelled input with its help and room for what is wrong with it. What is refused is shown at the field that names its place. */
export function Field({ label, help, pointer, optional, children }: { label: string; help?: string | undefined; pointer?: string; optional?: boolean; children?: Child }): HTMLElement {
  const input = (children as Child[])[0] as HTMLElement;
  const id = input.id ||= `f${++made}`;
  if (help) input.setAttribute('aria-describedby', `${id}-help`);
  return (
    <div class="field" data-pointer={pointer}>
      <label for={id}>{label}{optional ? <span class="optional">{t('选填', 'optional')}</span> : null}</label>
      {help ? <p class="hint" id={`${id}-help`}>{help}</p> : null}
      {children}
    </div>
  );
}
let made = 0;

/** Shows every refusal at its field, and all of them above the form, where a reader who cannot see hears them first. */
export function showRefusals(form: HTMLElement, summary: HTMLElement, problem: Problem, reveal: (input: HTMLElement) => void = (input) => input.focus()): void {
  clearRefusals(form, summary);
  const places = [...form.querySelectorAll<HTMLElement>('[data-pointer]')].sort((a, b) => b.dataset['pointer']!.length - a.dataset['pointer']!.length);
  const lines = (problem.errors.length > 0 ? problem.errors : [{ pointer: '', title: problem.title, detail: problem.detail }]).map((error) => {
    const words = refusalWords(error);
    const place = places.find(({ dataset }) => error.pointer === dataset['pointer'] || error.pointer.startsWith(`${dataset['pointer']}/`));
    return place ? wrongAt(place, words, reveal) : <li>{words}</li>;
  });
  summary.replaceChildren(<p>{problem.title}</p>, <ul>{lines}</ul>);
  summary.tabIndex = -1;
  summary.focus();
}

/** The same for what is plainly wrong before anything is sent. */
export function showWrongs(summary: HTMLElement, wrongs: { element: HTMLElement; words: string }[]): void {
  summary.replaceChildren(<p>{t('还有几处需要填写或更正：', 'Something is missing or not right yet:')}</p>, <ul>{wrongs.map(({ element, words }) => wrongAt(element, words, (input) => input.focus()))}</ul>);
  summary.tabIndex = -1;
  summary.focus();
}

/** Says at a field what is wrong with it, and gives the line that leads there. */
function wrongAt(place: HTMLElement, words: string, reveal: (input: HTMLElement) => void): HTMLElement {
  const input = place.querySelector<HTMLElement>('input, select, textarea, button, summary');
  if (!input) return <li>{words}</li>;
  const id = `${input.id}-wrong`;
  if (!place.querySelector(':scope > .wrong')) {
    place.append(<p class="wrong" id={id}>{words}</p>);
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', [input.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
  }
  // Of a box to tick the words follow the box.
  const name = [...place.querySelector('label, legend')?.childNodes ?? []].map((child) => child.textContent).find(Boolean) ?? '';
  const line = <li><a href={`#${input.id}`} onclick={(event: Event) => { event.preventDefault(); reveal(input); }}>{name}</a>{t('：', ': ')}{words}</li>;
  // Once it is answered anew nothing is wrong with it until it is looked at again.
  place.addEventListener('input', () => {
    place.querySelectorAll(':scope > .wrong').forEach(clearWrong);
    const summary = line.closest('.summary');
    line.remove();
    if (!summary?.querySelector('li')) summary?.replaceChildren();
  }, { once: true });
  return line;
}

export function clearRefusals(form: HTMLElement, summary: HTMLElement): void {
  summary.replaceChildren();
  form.querySelectorAll('.field > .wrong, .row > .wrong').forEach(clearWrong);
}

function clearWrong(wrong: Element): void {
  const input = wrong.parentElement!.querySelector<HTMLElement>('[aria-invalid]');
  input?.removeAttribute('aria-invalid');
  input?.setAttribute('aria-describedby', (input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== wrong.id).join(' '));
  wrong.remove();
}

/** The day chosen, written out, and how to say it anew where it was not typed: the control shows it in the browser's order, in which a day may be taken for a month. */
export function writtenOut(input: HTMLInputElement): [HTMLElement, () => void] {
  const said = <p class="hint"></p>;
  const say = (): void => { said.textContent = input.value && day(input.value); };
  input.addEventListener('input', say);
  say();
  return [said, say];
}

/** Words that are Chinese whatever the app speaks, such as those of officials, for a voice that reads them. */
export const Chinese = ({ children }: { children?: Child }): HTMLElement => <span lang="zh-CN">{children}</span>;

/** A list of terms and what they are; lines without a value are left out. */
export const facts = (lines: [string, Child][]): HTMLElement =>
  <dl>{lines.filter(([, value]) => value != null && value !== '' && value !== false).map(([term, value]) => <Fragment><dt>{term}</dt><dd>{value}</dd></Fragment>)}</dl>;

/** Hands a file to the person. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  (<a href={address} download={name}></a>).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** What a page says to somebody who is not signed in. */
export const signInPage = (title: string, why: string, ...otherwise: Child[]): Page => page(
  title,
  <p>{why}</p>,
  ...otherwise,
  session.canSignIn()
    ? <Action label={t('登录', 'Sign in')} run={signIn} />
    : <p class="note old">{t('现在无法登录，请稍后再试。', 'Signing in is not possible right now. Try again later.')}</p>,
);
