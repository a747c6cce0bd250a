// Complaining about how a service was rendered, under one's name or without one, and following what becomes of it.
import { h } from '../jsx';
import { answer, anybody, api, attempts, command, must, Refused, Unreachable, type Schema } from '../api';
import { drop, keep, keyOf, written, type Draft } from '../application';
import { codes } from '../codes';
import * as kept from '../kept';
import { FileLink, SentFiles } from '../forms/sent';
import * as outbox from '../outbox';
import { Action, awayTitle, asSeen, facts, Field, more, page, Sheet, type Page } from '../parts';
import { t } from '../look';
import { go, to, type Place } from '../place';
import * as session from '../session';
import { complaintEvent, complaintStatus, day, department, departmentCodes, finding, moment, span } from '../words';

const longest = 4000;
const mostFiles = 10;
const aDay = 86_400_000;

type Written = Pick<Draft, 'attempt'> & { about: string; window: string; text: string; phone: string; email: string; files: string[] };

const list = (after?: string) => must(api.GET('/v1/complaints', { params: { query: { first: 100, ...after ? { after } : {} } } }));

/** Signed in, one's own; and for everybody the way to an anonymous one. */
export async function complaintsPage(): Promise<Page> {
  const own = session.person() || !navigator.onLine && session.wasSignedIn()
    ? await kept.lastSeen('complaints', list)
    : null;
  const rows = <ul class="rows">{own?.data.items.map(row)}</ul>;
  return page(
    t('投诉', 'Complaints'),
    asSeen(own?.seenAt ?? null),
    <p>{t('对窗口或部门的服务不满意，可以投诉，具名或匿名均可。对许可决定本身不服的，请申请行政复议或提起诉讼，期限不因投诉而延长。', 'Complain about how a window or a department served you, with or without your name. Against a decision itself, ask for reconsideration or go to court: a complaint stops none of those days.')}</p>,
    <div class="actions"><a class="button" href={to(['complain'])}>{t('我要投诉', 'Complain')}</a></div>,
    own ? <p><a href={to(['reviews'])}>{t('我的评价和整改情况', 'My ratings, and what came of them')}</a></p> : null,
    own ? <section><h2>{t('我的投诉', 'My complaints')}</h2>{own.data.items.length === 0 ? <p>{t('没有投诉。', 'None.')}</p> : rows}{more(own.data.next, list, (further) => rows.append(...further.map(row)))}</section> : null,
    <section>
      <h2>{t('查询匿名投诉', 'Follow an anonymous one')}</h2>
      {byCode()}
    </section>,
  );
}

// In whole characters, of which rare ones are two for JavaScript.
const beginning = (text: string): string => [...text].length > 40 ? `${[...text].slice(0, 40).join('')}…` : text;

const row = (of: Schema['ComplaintView']): HTMLElement => (
  <li><a href={to(['complaints', of.id], own)}>
    <strong>{beginning(of.text)}</strong>
    <span class={`state ${of.status}`}>{complaintStatus(of.status)}</span>
    <span class="quiet">{day(of.filedAt)}</span>
  </a></li>
);

/** @param wrong Whether what was typed in leads to none. */
function byCode(id = '', wrong = false): HTMLElement {
  const number = <input value={id} autocomplete="off" autocapitalize="none" spellcheck="false" /> as HTMLInputElement;
  const code = <input autocomplete="off" autocapitalize="characters" spellcheck="false" /> as HTMLInputElement;
  const alert = <p role="alert">{wrong ? t('投诉编号或查询码不对。', 'The number or the code is not right.') : null}</p>;
  return (
    <form onpaste={(event: ClipboardEvent) => {
      // What was copied when it was filed has both.
      const both = /([0-9a-f-]{36})\s+(?:查询码|Code) (\S+)/.exec(event.clipboardData?.getData('text') ?? '');
      if (!both) return;
      event.preventDefault();
      [number.value, code.value] = [both[1]!, both[2]!];
    }} onsubmit={(event: Event) => {
      event.preventDefault();
      if (!number.value.trim() || !code.value.trim()) {
        alert.textContent = t('请填写投诉编号和查询码。', 'Both are needed: the number and the code.');
        return;
      }
      codes.set(number.value.trim(), code.value.trim());
      go(['complaints', number.value.trim()], { at: Date.now().toString(36) });
    }}>
      <Field label={t('投诉编号', 'Number')}>{number}</Field>
      <Field label={t('查询码', 'Code')} help={t('提交时只显示一次的那组字符。', 'What was shown once when it was filed.')}>{code}</Field>
      <div class="actions"><button class="second">{t('查询', 'Follow the complaint')}</button>{alert}</div>
    </form>
  );
}

export async function complainPage({ query }: Place): Promise<Page> {
  const halls = await must(anybody.GET('/v1/halls'));
  const number = query.get('number') ?? '';
  const own = query.get('case') ? { value: `case ${query.get('case')}`, name: t(`办件 ${number}`, `Case ${number}`) }
    : query.get('ticket') ? { value: `ticket ${query.get('ticket')}`, name: t(`号票 ${number}`, `Ticket ${number}`) } : null;
  const name = `complaint.${own?.value ?? ''}`;
  const about = (
    <select required>
      {own ? <option value={own.value}>{own.name}</option> : null}
      <option value="">{t('请选择', 'Choose')}</option>
      <optgroup label={t('大厅', 'Halls')}>{halls.items.map((hall) => <option value={`hall ${hall.code}`}>{hall.name}</option>)}</optgroup>
      <optgroup label={t('部门', 'Departments')}>{departmentCodes.map((code) => <option value={`department ${code}`}>{department(code)}</option>)}</optgroup>
    </select>
  ) as HTMLSelectElement;
  const windowNumber = <input type="number" inputmode="numeric" min="1" max="99" /> as HTMLInputElement;
  const ofWindow = <Field label={t('窗口号', 'Window number')} optional>{windowNumber}</Field>;
  const text = <textarea maxlength={longest} aria-required="true" rows="6"></textarea> as HTMLTextAreaElement;
  const phone = <input type="tel" autocomplete="tel" maxlength="30" /> as HTMLInputElement;
  const email = <input type="email" autocomplete="email" maxlength="254" /> as HTMLInputElement;
  const canSign = session.person() !== null && !query.has('anonymous');
  const [named, anonymous] = [true, false].map((withName) => <input type="radio" name="named" checked={withName === canSign} disabled={withName && !session.person()} onchange={() => show()} /> as HTMLInputElement) as [HTMLInputElement, HTMLInputElement];
  // What is written under one's name outlasts a session that ends meanwhile; what is not leaves nothing.
  const draft: Written = (canSign ? written<Written>(name) : null) ?? { about: '', window: '', text: '', phone: '', email: '', files: [] };
  const files = new SentFiles(t('附件', 'Attachment'), mostFiles, draft.files, () => remember());
  const signed = <div><Field label={t('电话', 'Phone')} pointer="/contact/phone" optional>{phone}</Field><Field label={t('电子邮箱', 'E-mail')} pointer="/contact/email" optional>{email}</Field><div data-pointer="/attachments">{files.element}</div></div>;
  const unnamed = <p class="note">{t('匿名投诉不发送您的登录信息，平台不记录是谁提交的。提交后会显示一次查询码，请保存：没有它，任何人（包括您）都无法再查看。', 'An anonymous complaint is sent without your sign-in, and nothing records who filed it. A code is shown once: keep it, for without it nobody, not even you, comes back to it.')}{own ? t('匿名时不能指明您自己的办件或号票，请选择大厅或部门。', ' Without your name it cannot be about your own case or ticket: choose a hall or a department.') : ''}</p>;
  const remember = (): void => {
    if (named.checked) keep(name, Object.assign(draft, { about: about.value, window: windowNumber.value, text: text.value, phone: phone.value, email: email.value, files: files.given }));
    else drop(name);
  };
  if (draft.about) about.value = draft.about;
  for (const [input, value] of [[windowNumber, draft.window], [text, draft.text], [phone, draft.phone], [email, draft.email]] as const) input.value = value;
  const show = (): void => {
    signed.hidden = !named.checked;
    unnamed.hidden = named.checked;
    // Who names their own case or ticket says who they are: whom else it is about they choose themselves.
    if (own) {
      about.options[0]!.disabled = anonymous.checked;
      if (anonymous.checked && about.value === own.value) about.value = '';
      if (named.checked && about.value === '') about.value = own.value;
    }
    ofWindow.hidden = !about.value.startsWith('hall ');
  };
  about.addEventListener('change', show);
  show();
  const shown = <div></div>;
  const form = (
    <Sheet
      label={t('提交投诉', 'File the complaint')}
      oninput={remember}
      wrongs={() => [
        ...about.value ? [] : [{ element: about.closest<HTMLElement>('.field')!, words: t('请选择。', 'Choose one.') }],
        ...text.value.trim() ? [] : [{ element: text.closest<HTMLElement>('.field')!, words: t('请填写。', 'This is needed.') }],
        ...named.checked ? files.wrongs() : [],
      ]}
      submit={(key) => {
        const body = bodyOf(about.value, windowNumber.value, text.value.trim(), named.checked ? { phone: phone.value.trim(), email: email.value.trim(), files: files.given } : null);
        return file(body, named.checked ? keyOf(name, draft, body) : key(body), name, shown);
      }}>
      <Field label={t('投诉谁', 'About')} pointer="/about">{about}</Field>
      {ofWindow}
      <Field label={t('发生了什么', 'What happened')} pointer="/text" help={t('何时、何地、谁、怎样。不要写与此无关的个人信息。', 'When, where, who and how. Leave out what is personal and has nothing to do with it.')}>{text}</Field>
      <fieldset class="field choice">
        <legend>{t('署名', 'Your name')}</legend>
        <label class="pick">{named}{session.person() ? t(`具名：${session.person()!.name}`, `With my name: ${session.person()!.name}`) : t('具名（须先登录）', 'With my name (sign in first)')}</label>
        <label class="pick">{anonymous}{t('匿名', 'Anonymous')}</label>
      </fieldset>
      {signed}{unnamed}
    </Sheet>
  );
  return page(t('我要投诉', 'Complain'), form, shown);
}

function bodyOf(about: string, windowNumber: string, text: string, signed: { phone: string; email: string; files: string[] } | null): Schema['FileComplaintRequest'] {
  const [kind, code] = about.split(' ') as ['case' | 'ticket' | 'hall' | 'department', string];
  const of = kind === 'hall' && windowNumber ? { window: { hall: code, number: Number(windowNumber) } } : { [kind]: code };
  return {
    about: of as Schema['FileComplaintRequest']['about'], text, anonymous: !signed,
    ...(signed?.phone || signed?.email ? { contact: { ...(signed.phone && { phone: signed.phone }), ...(signed.email && { email: signed.email }) } } : {}),
    ...(signed && signed.files.length > 0 ? { attachments: signed.files } : {}),
  };
}

/** Files it. Without a connection it may wait on the device, for a day. */
async function file(body: Schema['FileComplaintRequest'], key: string, name: string, shown: HTMLElement): Promise<void> {
  try {
    const filed = await outbox.complain(body, key);
    drop(name);
    if (filed.code) outbox.showCode(filed.id, filed.code);
    go(['complaints', filed.id], filed.code ? {} : own);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const expires = new Date(Date.now() + aDay);
    shown.replaceChildren(
      <section class="note held" tabindex="-1">
        <h2>{awayTitle()}</h2>
        <p>{t(`可以先存在本机，网络恢复后自动提交，最迟 ${moment(expires.toISOString())}。`, `It can wait on this device and be filed when there is a connection again, until ${moment(expires.toISOString())}.`)}</p>
        <Action label={t('恢复后提交', 'File it then')} run={async () => {
          await outbox.add({ kind: 'complaint', body }, expires, key);
          drop(name);
          go(['complaints']);
        }} />
      </section>,
    );
    shown.querySelector<HTMLElement>('section')!.focus();
  }
}

/** The code of an anonymous complaint, which is shown this once. */
export function codeOnce(id: string, code: string): HTMLElement {
  const both = `${t('投诉编号', 'Number')} ${id}\n${t('查询码', 'Code')} ${code}\n${location.origin}/app#/complaints`;
  const copied = <p class="hint" role="status"></p>;
  return (
    <section class="note held" tabindex="-1">
      <h2>{t('已提交。请保存查询码', 'Filed. Keep this code')}</h2>
      <p>{t('只显示这一次。', 'It is shown this once.')}</p>
      {facts([[t('投诉编号', 'Number'), <code>{id}</code>], [t('查询码', 'Code'), <strong class="once">{code}</strong>]])}
      <Action label={t('复制编号和查询码', 'Copy both')} run={async () => {
        await navigator.clipboard.writeText(both);
        copied.textContent = t('已复制，请粘贴到安全的地方保存。', 'Copied: paste it where you keep it safe.');
      }} />
      {copied}
      <Action label={t('打印', 'Print')} kind="second" run={async () => print()} />
      <p><a href={to(['complaints', id])}>{t('查看这件投诉', 'See the complaint')}</a></p>
    </section>
  );
}

/** In the address of a complaint under one's name. Any other may be an anonymous one, and is not asked for together with who one is (decision 0037). */
export const own = { own: 'yes' };

export async function complaintPage({ path, query }: Place): Promise<Page> {
  const id = path[1]!;
  const code = codes.get(id);
  const client = code ? anybody : api;
  const header = code ? { 'OneDoor-Complaint-Code': code } : {};
  const locked = (wrong = false): Page => page(t('投诉', 'Complaint'), <p>{t('请用查询码查看，或登录查看具名的投诉。', 'Follow it by its code, or sign in for one under your name.')}</p>,
    session.person() ? <p><a href={to(['complaints', id], own)}>{t('这是我的具名投诉', 'It is under my name')}</a></p> : null, byCode(id, wrong));
  if (!code && !(query.has('own') && (session.person() || !navigator.onLine && session.wasSignedIn()))) return locked();
  const params = { path: { id }, header };
  const read = async (): Promise<{ data: Schema['ComplaintView']; tag: string; history?: Schema['ComplaintEvent'][]; halls?: Schema['HallView'][] }> => {
    const [seen, { items }, halls] = await Promise.all([answer(client.GET('/v1/complaints/{id}', { params })), must(client.GET('/v1/complaints/{id}/history', { params })), must(anybody.GET('/v1/halls'))]);
    return { ...seen, history: items, halls: halls.items };
  };
  // Of an anonymous one nothing stays on the device.
  const found = await (code ? read().then((data) => ({ data, seenAt: null })) : kept.lastSeen(`complaint ${id}`, read)).catch((error: unknown) => {
    if (error instanceof Refused && error.problem.code === 'complaint.not-found') return null;
    throw error;
  });
  if (!found) {
    codes.delete(id);
    return locked(code !== undefined);
  }
  // What an older app has kept has no history, nor the halls.
  const { data: { data: of, tag, history = [], halls = [] }, seenAt } = found;
  const again = (): void => go(['complaints', id], { ...code ? {} : own, at: Date.now().toString(36) });
  const key = attempts();
  const act = <Body,>(what: 'rating' | 'reopening', body: Body): Promise<void> => must(client.POST(`/v1/complaints/{id}/${what}`, {
    params: { path: { id }, header: { ...command(tag, key({ what, body })).header, ...header } }, body: body as never,
  })).then(again);
  const owed = of.status === 'filed' ? of.acceptBy : of.status === 'accepted' || of.status === 'reopened' ? of.answerBy : null;
  return page(
    t('投诉', 'Complaint'),
    asSeen(seenAt),
    <p class={`status ${of.status}`}><strong>{complaintStatus(of.status)}</strong>{owed ? t(` · 最迟 ${moment(owed)}`, ` · by ${moment(owed)}`) : ''}{of.overdue ? <strong class="late"> {t('已逾期', 'late')}</strong> : null}</p>,
    of.return ? <section><h2>{t('不由本处受理', 'Not for here')}</h2><p>{of.return.reason}</p><p>{t('请向以下部门反映：', 'Turn to: ')}{department(of.return.department)}</p>{of.return.remedies.map((remedy) => <p>{remedy.authority}{t('，', ', ')}{remedy.address}{t('，', ', ')}{span(remedy.within)}</p>)}</section> : null,
    ...[of.earlierAnswer, of.answer].map((given) => given ? (
      <section>
        <h2>{t('答复', 'The answer')}</h2>
        <p><strong>{finding(given.finding)}</strong> <span class="quiet">{day(given.at)}</span></p>
        <p class="words" lang="zh-CN">{given.text}</p>
        {given.satisfied == null ? null : <p class="quiet">{given.satisfied ? t('您表示满意。', 'You were satisfied.') : t('您表示不满意。', 'You were not satisfied.')}</p>}
      </section>
    ) : null),
    of.status === 'answered' && of.answer && !seenAt ? (
      <section>
        <h2>{t('您对答复满意吗？', 'Does the answer satisfy you?')}</h2>
        {of.rateBy ? <p>{t(`可在 ${day(of.rateBy)}前（含当日）评价或申请重办一次，重办由上一级负责。`, `Until ${day(of.rateBy)} you may say so, or have it handled once more, one level higher.`)}</p> : null}
        {of.answer.satisfied == null ? <div class="actions"><Action label={t('满意', 'Yes')} run={() => act('rating', { satisfied: true })} /><Action label={t('不满意', 'No')} kind="second" run={() => act('rating', { satisfied: false })} /></div> : null}
        {of.reopenedAt ? null : reopening(code ? null : `reopening ${id}`, (reason) => act('reopening', reason ? { reason } : {}))}
      </section>
    ) : null,
    <section>
      <h2>{t('您的投诉', 'What you said')}</h2>
      <p class="words">{of.text}</p>
      {facts([
        [t('投诉对象', 'About'), aboutOf(of.about, halls, code === undefined)],
        [t('编号', 'Number'), <code>{of.id}</code>], [t('提交', 'Filed'), day(of.filedAt)], [t('受理', 'Accepted'), of.acceptedAt ? day(of.acceptedAt) : ''],
        [t('延期原因', 'Why it takes longer'), of.extendedFor], [t('重办原因', 'Why once more'), of.reopenedFor],
      ])}
      {of.attachments.map((file, i) => <FileLink id={file.id} name={t(`附件 ${i + 1}`, `Attachment ${i + 1}`)} />)}
    </section>,
    history.length > 0 ? (
      <section>
        <h2>{t('办理经过', 'What happened')}</h2>
        <ol class="steps">{history.map((event, i) => <li>{complaintEvent(event.type)} <span class="quiet">{day(event.at)}{i === history.length - 1 ? dueAfter(event) : ''}</span></li>)}</ol>
      </section>
    ) : null,
  );
}

/** Whom or what a complaint is about; of an anonymous one a case or a ticket is no more than the number that was said. */
function aboutOf({ case: of, ticket, hall, window, department: unit }: Schema['ComplaintAboutView'], halls: readonly Schema['HallView'][], isNamed: boolean): HTMLElement | string {
  const hallOf = (code: string): string => halls.find((one) => one.code === code)?.name ?? code;
  if (window) return t(`${hallOf(window.hall)}，${window.number} 号窗口`, `${hallOf(window.hall)}, window ${window.number}`);
  if (hall) return hallOf(hall);
  if (unit) return department(unit);
  if (!isNamed) return <code>{of ?? ticket}</code>;
  return of ? <a href={to(['cases', of])}>{t('您的办件', 'Your case')}</a> : t('您在大厅的一次办事（号票）', 'A visit of yours, by its number');
}

/** By when something follows on what happened last: after an answer, if anything, what the complainant says of it. */
function dueAfter({ type, due }: Schema['ComplaintEvent']): string {
  if (!due || type === 'complaint-overdue') return '';
  return type === 'complaint-answered' ? t(`，您可在 ${day(due)}前（含当日）回应`, `; you may respond until ${day(due)}`) : t(`，下一步最迟 ${day(due)}`, `; what comes next by ${day(due)}`);
}

/** @param name By what the reason is kept until it is sent; null of an anonymous complaint. */
function reopening(name: string | null, reopen: (reason: string) => Promise<void>): HTMLElement {
  const draft = name && written<string>(name);
  const reason = <textarea maxlength={longest} rows="3" oninput={() => { if (name) keep(name, reason.value); }}></textarea> as HTMLTextAreaElement;
  reason.value = draft ?? '';
  return (
    <details open={Boolean(draft)}>
      <summary>{t('申请重办', 'Have it handled once more')}</summary>
      <Field label={t('答复有什么问题', 'What is wrong with the answer')} optional>{reason}</Field>
      <Action label={t('申请重办', 'Have it handled once more')} run={() => reopen(reason.value.trim()).then(() => { if (name) drop(name); })} />
    </details>
  );
}
