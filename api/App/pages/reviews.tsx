// Rating how a matter was handled or a visit went (好差评), and following what came of it.
import { h } from '../jsx';
import { answer, anybody, api, attempts, command, must, Refused, type Schema } from '../api';
import { drop, keep, written } from '../application';
import { codes } from '../codes';
import * as kept from '../kept';
import { Action, asSeen, facts, Field, more, page, Sheet, signInPage, type Page } from '../parts';
import { t } from '../look';
import { go, to, type Place } from '../place';
import * as session from '../session';
import { day, dayOf, department, grade, gradeCodes, moment, shortDay, workOrderStatus } from '../words';

type Review = Schema['ReviewView'];
type WorkOrder = Schema['WorkOrderView'];

const longest = 2000;
const openDays = 30;
const aDay = 86_400_000;

/** Whether what ended then can be rated yet. */
export const isOpen = (endedAt: string | null | undefined): boolean => !endedAt || dayOf(Date.now()) <= dayOf(Date.parse(endedAt) + openDays * aDay);

/** What of a case can be rated yet: the whole, which is null, and of a joint one each department whose part has begun. */
export function unrated(of: Schema['CaseView'], given: readonly Review[]): (Schema['Department'] | null)[] {
  const wanted = of.steps.filter(({ status }) => status !== 'waived');
  // What was withdrawn or has lapsed was never decided: it ended with its last step.
  const ends = wanted.flatMap(({ decidedAt }) => decidedAt ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
  const end = of.decidedAt ?? (ends.length === wanted.length ? ends.at(-1) : null);
  if (of.status === 'awaiting-signatures' || !isOpen(end)) return [];
  const isJoint = new Set(wanted.map((step) => step.department)).size > 1;
  const begun = isJoint ? wanted.filter(({ status }) => status !== 'waiting').map((step) => step.department) : [];
  return [null, ...new Set(begun)].filter((part) => !given.some((review) => (review.department ?? null) === part));
}

const list = (query: { case?: string; after?: string } = {}): Promise<Schema['PageOfReviewView']> => must(api.GET('/v1/reviews', { params: { query: { first: 100, ...query } } }));

/** What one has said of a case, or all one has said. */
export const reviewsOf = async (query: { case?: string } = {}): Promise<Review[]> => (await list(query)).items;

export async function reviewsPage(): Promise<Page> {
  const { data, seenAt } = await kept.lastSeen('reviews', list);
  const rows = <ul class="rows">{data.items.map(row)}</ul>;
  return page(
    t('我的评价', 'My ratings'),
    asSeen(seenAt),
    data.items.length === 0 ? <p>{t('您还没有评价。可以从', 'You have not rated anything yet. You can from ')}<a href="#/cases">{t('办件', 'a case')}</a>{t('或', ' or ')}<a href="#/tickets">{t('号票', 'a ticket')}</a>{t('中评价。', '.')}</p> : rows,
    more(data.next, (after) => list({ after }), (further) => rows.append(...further.map(row))),
  );
}

const row = (of: Review): HTMLElement => (
  <li><a href={to(['reviews', of.id])}>
    <strong>{grade(of.grade)}</strong>
    <span>{department(of.unit)}{of.ticket ? t(' · 大厅服务', ' · visit to a hall') : ''}</span>
    <span class="quiet">{day(of.givenOn)}{of.workOrder ? ` · ${workOrderStatus(of.workOrder.status)}` : ''}</span>
  </a></li>
);

/** What one has said, and what came of it; of a visit also for who shows the code on its ticket, which stays in the address that they keep. */
export async function reviewPage({ path, query }: Place): Promise<Page> {
  const id = path[1]!;
  const code = query.get('code');
  if (!code && !session.person() && (navigator.onLine || !session.wasSignedIn()))
    return signInPage(t('我的评价', 'My rating'), t('登录后可以查看您的评价和整改情况。', 'Sign in to see what you rated and what came of it.'));
  if (code) {
    const of = await must(anybody.GET('/v1/reviews/{id}', { params: { path: { id }, header: headerOf(code) } }));
    return page(t('我的评价', 'My rating'), said(of, await indicatorsOf(of)), of.workOrder
      ? <section><h2>{t('整改情况', 'What came of it')}</h2><p><strong>{workOrderStatus(of.workOrder.status)}</strong></p></section> : null);
  }
  const { data: [of, sets, order], seenAt } = await kept.lastSeen(`review ${id}`, async () => {
    const params = { path: { id } };
    const read = await must(api.GET('/v1/reviews/{id}', { params }));
    return [read, await indicatorsOf(read), read.workOrder ? await answer(api.GET('/v1/work-orders/{id}', { params: { path: { id: read.workOrder.id } } })) : null] as const;
  });
  return page(t('我的评价', 'My rating'), asSeen(seenAt), said(of, sets), order ? outcome(order.data, order.tag, path, seenAt !== null) : null);
}

/** What could be named when it was given, which another set may have replaced since. */
const indicatorsOf = async (of: Review): Promise<Schema['IndicatorSetView'][]> =>
  of.indicators ? (await must(anybody.GET('/v1/reviews/indicators', { params: { query: { version: of.indicators } } }))).items : [];

/** What is done about what one has rated or complained of. */
export async function workOrderPage({ path }: Place): Promise<Page> {
  const id = path[1]!;
  const { data: order, seenAt } = await kept.lastSeen(`work order ${id}`, () => answer(api.GET('/v1/work-orders/{id}', { params: { path: { id } } })));
  return page(t('整改情况', 'What came of it'), asSeen(seenAt), outcome(order.data, order.tag, path, seenAt !== null));
}

function said(of: Review, sets: readonly Schema['IndicatorSetView'][]): HTMLElement {
  const known = sets.find(({ version }) => version === of.indicators)?.tags ?? [];
  return (
    <div>
      <p class="status"><strong>{grade(of.grade)}</strong> · {day(of.givenOn)}</p>
      {facts([
        [t('评价对象', 'About'), of.department ? t(`${department(of.department)}办理的环节`, `The part of ${department(of.department)}`) : of.ticket ? t('大厅服务', 'A visit to a hall') : of.case ? t('整件事', 'The whole matter') : ''],
        [t('被评价部门', 'Department'), department(of.unit)],
        [t('评价指标', 'What about it'), of.tags.map((tag) => known.find(({ code }) => code === tag)?.name ?? tag).join(t('、', ', '))],
        [t('补充说明', 'In your words'), of.comment ? <span class="words">{of.comment}</span> : ''],
        [t('部门申诉', 'The department contests it'), of.appealedFor],
        [t('维持原评价', 'It stands, because'), of.keptFor],
        [t('不计入统计', 'It is not counted, because'), of.excludedFor],
      ])}
      {of.case ? <p><a href={to(['cases', of.case])}>{t('所评价的办件', 'The case it is about')}</a></p> : null}
    </div>
  );
}

const owedNext: Partial<Record<WorkOrder['status'], Schema['WorkOrderStage']>> = { open: 'contact', contacted: 'rectification', rectified: 'feedback', 'fed-back': 'call-back' };
const owedWords: Record<Schema['WorkOrderStage'], { zh: string; en: string }> = {
  contact: { zh: '与您联系', en: 'they get in touch' }, rectification: { zh: '整改', en: 'it is put right' }, feedback: { zh: '向您反馈', en: 'you are told' }, 'call-back': { zh: '回访', en: 'you are called' },
};

/** What is done about a bad one. Whether that satisfies says the reviewer, or nobody. */
function outcome(of: WorkOrder, tag: string, place: readonly string[], isOld: boolean): HTMLElement {
  const owed = of.clock.find(({ stage }) => stage === owedNext[of.status]);
  const key = attempts();
  const say = (satisfied: boolean): Promise<void> => must(api.POST('/v1/work-orders/{id}/answer', { params: { path: { id: of.id }, ...command(tag, key(satisfied)) }, body: { satisfied } }))
    .then(() => go([...place], { at: Date.now().toString(36) }));
  return (
    <section>
      {place[0] === 'reviews' ? <h2>{t('整改情况', 'What came of it')}</h2> : null}
      <p><strong>{workOrderStatus(of.status)}</strong>{owed && !(owed.stage === 'call-back' && (of.callBacks.length > 0 || of.satisfied != null)) ? t(` · ${owedWords[owed.stage].zh}，最迟 ${moment(owed.dueAt)}`, ` · ${owedWords[owed.stage].en} by ${moment(owed.dueAt)}`) : ''}{of.overdue ? <strong class="late"> {t('已逾期', 'late')}</strong> : null}</p>
      {facts(([[t('联系核实', 'They said'), of.contacted], [t('整改', 'What was done'), of.rectified], [t('反馈', 'What you were told'), of.fedBack]] as const)
        .map(([term, note]) => [term, note ? <div><span class="words" lang="zh-CN">{note.text}</span> <span class="quiet">{day(note.at)}</span></div> : '']))}
      {of.status === 'fed-back' && of.satisfied == null && !isOld ? (
        <div>
          <p>{t('您对整改结果满意吗？被评价部门不能自行办结。', 'Does that satisfy you? Those who are rated cannot close it themselves.')}</p>
          <div class="actions"><Action label={t('满意', 'Yes')} run={() => say(true)} /><Action label={t('不满意', 'No')} kind="second" run={() => say(false)} /></div>
        </div>
      ) : null}
      {of.satisfied == null ? null : <p>{of.satisfied ? t('您对整改结果表示满意。', 'You were satisfied with that.') : t('您对整改结果表示不满意。', 'You were not satisfied with that.')}</p>}
    </section>
  );
}

type Subject = { name: string; channel: Schema['ReviewChannel']; of: { case: string } | { ticket: string }; parts: (Schema['Department'] | null)[]; given: readonly Review[] };

/** A case of one's own, a ticket of one's own, or one whose code is shown: that stands in the address of the QR code, and is taken out of it at once. */
export async function ratePage({ query }: Place): Promise<Page> {
  const title = t('评价', 'Rating');
  const ticket = query.get('ticket');
  if (ticket && query.get('code')) {
    codes.set(ticket, query.get('code')!);
    history.replaceState(null, '', to(['rate'], { ticket }));
  }
  const code = ticket ? codes.get(ticket) : undefined;
  if (!code && !session.person()) {
    return ticket ? signInPage(title, t('无须登录：输入号票上的查询码即可评价。号票在您名下的，也可以登录评价。', 'No account is needed: type in the code on the ticket. If the ticket is in your name you can sign in instead.'), byCode(ticket))
      : signInPage(title, t('登录后可以评价您的办件和大厅服务；也可以扫描号票上的二维码直接评价。', 'Sign in to rate your cases and visits. Without an account, scan the code on your ticket.'));
  }
  const of = ticket ? await visit(ticket, code).catch(unlessUnknown) : query.get('case') ? await matter(query.get('case')!) : null;
  // A window's QR code leads here without the code on the ticket, which opens to whoever holds it what is not theirs by name.
  if (ticket && !of) {
    codes.delete(ticket);
    return page(title, <p>{code ? t('查询码不对。', 'That is not its code.') : t('这张号票不在您名下。请输入号票上的查询码评价。', 'This ticket is not in your name. To rate the visit, type in the code on it.')}</p>, byCode(ticket));
  }
  if (!of) return reviewsPage();
  const { items: sets } = await must(anybody.GET('/v1/reviews/indicators'));
  const before = of.given.map((review) => <p><a href={to(['reviews', review.id])}>{t('已评价：', 'Rated: ')}{review.department ? `${department(review.department)} · ` : ''}{grade(review.grade)}</a></p>);
  return page(title, <p><strong>{of.name}</strong></p>, ...before, ...(of.parts.length > 0 ? rating(of, sets, code)
    : of.given.length > 0 ? [] : [<p class="note">{t(`现在不能评价。服务结束后 ${openDays} 日内可以评价。`, `It cannot be rated now: only within ${openDays} days of its end.`)}</p>]));
}

/** For who was served and has no account, whom the QR code at a window leads here: what opens the ticket is printed on it. */
function byCode(ticket: string): HTMLElement {
  const code = <input autocomplete="off" autocapitalize="characters" spellcheck="false" /> as HTMLInputElement;
  const alert = <p role="alert"></p>;
  return (
    <form onsubmit={(event: Event) => {
      event.preventDefault();
      if (!code.value.trim()) {
        alert.textContent = t('请填写号票上的查询码。', 'The code on the ticket is needed.');
        return;
      }
      codes.set(ticket, code.value.trim());
      go(['rate'], { ticket, at: Date.now().toString(36) });
    }}>
      <Field label={t('号票上的查询码', 'Code on the ticket')}>{code}</Field>
      <div class="actions"><button>{t('评价', 'Rate the visit')}</button>{alert}</div>
    </form>
  );
}

async function matter(id: string): Promise<Subject> {
  const [of, given] = await Promise.all([must(api.GET('/v1/cases/{id}', { params: { path: { id } } })), reviewsOf({ case: id })]);
  return { name: of.item.name, channel: of.channel === 'online' || of.channel === 'mobile' ? 'online' : 'on-site', of: { case: id }, parts: unrated(of, given), given };
}

async function visit(id: string, code: string | undefined): Promise<Subject> {
  const asked = { params: { path: { id }, header: headerOf(code) } };
  const [of, halls, own] = await Promise.all([
    must((code ? anybody : api).GET('/v1/tickets/{id}', asked)), must(anybody.GET('/v1/halls')), code ? [] : reviewsOf(),
  ]);
  const given = own.filter(({ ticket }) => ticket === id);
  const hall = halls.items.find(({ code: one }) => one === of.hall)?.name ?? of.hall;
  return { name: `${of.number} · ${hall} · ${shortDay(of.takenAt)}`, channel: 'on-site', of: { ticket: id }, parts: given.length > 0 || of.status !== 'done' || !isOpen(of.endedAt) ? [] : [null], given };
}

const unlessUnknown = (error: unknown): null => {
  if (error instanceof Refused && error.problem.status === 404) return null;
  throw error;
};

const headerOf = (code: string | undefined): { 'OneDoor-Ticket-Code'?: string } => code ? { 'OneDoor-Ticket-Code': code } : {};

function rating({ of, channel, parts }: Subject, sets: readonly Schema['IndicatorSetView'][], code: string | undefined): HTMLElement[] {
  const grades = gradeCodes.map((one) => <input type="radio" name="grade" id={`grade-${one}`} value={one} /> as HTMLInputElement);
  const tags = (sets.find((set) => set.channel === channel)?.tags ?? []).map((tag) => ({ tag, box: <input type="checkbox" value={tag.code} /> as HTMLInputElement }));
  const part = <select>{parts.map((one) => <option value={one ?? ''}>{one ? department(one) : t('整件事', 'The whole matter')}</option>)}</select> as HTMLSelectElement;
  const comment = <textarea rows="4" maxlength={longest}></textarea> as HTMLTextAreaElement;
  // Who holds the paper has no name, and leaves nothing.
  const name = `rating ${Object.values(of)[0]}`;
  const draft = code ? null : written<{ grade?: string; tags: string[]; part: string; comment: string }>(name);
  if (draft) {
    for (const input of grades) input.checked = input.value === draft.grade;
    for (const { tag, box } of tags) box.checked = draft.tags.includes(tag.code);
    part.value = parts.some((one) => (one ?? '') === draft.part) ? draft.part : part.options[0]!.value;
    comment.value = draft.comment;
  }
  const chosen = (): Schema['ReviewGrade'] | undefined => grades.find(({ checked }) => checked)?.value as Schema['ReviewGrade'] | undefined;
  const named = (): string[] => tags.filter(({ box }) => box.checked).map(({ tag }) => tag.code);
  const remember = (): void => { if (!code) keep(name, { grade: chosen(), tags: named(), part: part.value, comment: comment.value }); };
  const gradeField = (
    <fieldset class="field choice" data-pointer="/grade">
      <legend>{t('您满意吗？', 'How satisfied are you?')}</legend>
      {grades.map((input, i) => <label class="pick">{input}{grade(gradeCodes[i]!)}</label>)}
    </fieldset>
  );
  const shown = <div></div>;
  const submit = async (key: (body: unknown) => string): Promise<void> => {
    const body: Schema['GiveReviewRequest'] = {
      ...of, grade: chosen()!, ...(part.value && { department: part.value as Schema['Department'] }), ...(named().length > 0 && { tags: named() }),
      ...(comment.value.trim() && { comment: comment.value.trim() }),
    };
    const given = await must((code ? anybody : api).POST('/v1/reviews', { body, params: { header: { 'Idempotency-Key': key(body), ...headerOf(code) } } }));
    drop(name);
    if (!code) { go(['reviews', given.id]); return; }
    form.hidden = true;
    history.replaceState(null, '', to(['reviews', given.id], { code }));
    shown.replaceChildren(
      <section tabindex="-1">
        <h2>{t('谢谢您的评价', 'Thank you')}</h2>
        {said(given, sets)}
        {given.workOrder ? <p>{t('已开出整改单，由被评价部门整改。', 'A work order is open: the department has to put it right.')}</p> : null}
        <p><a href={to(['reviews', given.id], { code })}>{t('保存此链接，可查看后续情况', 'Keep this link to see what comes of it')}</a></p>
      </section>,
    );
    shown.querySelector('section')!.focus();
  };
  const form = (
    <Sheet label={t('提交评价', 'Send the rating')} oninput={remember} submit={submit} wrongs={() => chosen() ? [] : [{ element: gradeField, words: t('请选择。', 'Choose one.') }]}>
      {parts.length > 1 || parts[0] !== null ? <Field label={t('评价对象', 'About')} pointer="/department">{part}</Field> : null}
      {gradeField}
      {tags.length > 0 ? (
        <fieldset class="field choice" data-pointer="/tags">
          <legend>{t('好在哪里，或差在哪里', 'What was good or bad')}<span class="optional">{t('选填', 'optional')}</span></legend>
          {tags.map(({ tag, box }) => <label class="pick">{box}{tag.name}</label>)}
        </fieldset>
      ) : null}
      <Field label={t('补充说明', 'In your words')} pointer="/comment" optional help={t('被评价部门看得到评价和说明，看不到是谁评价的。', 'The department reads what you say, not who says it.')}>{comment}</Field>
    </Sheet>
  );
  return [form, shown];
}
