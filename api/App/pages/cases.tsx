// One's cases: where each stands, and why its clock says what it says.
import { h } from '../jsx';
import { answer, api, attempts, command, must, type Schema } from '../api';
import * as kept from '../kept';
import { Action, asSeen, Chinese, facts, more, page, type Page } from '../parts';
import * as session from '../session';
import { t } from '../look';
import { go, to, type Place } from '../place';
import { nothingWhenRefused } from '../preview';
import { caseStatus, day, department, grade, limit, moment, pauseReason, stepStatus, tx, workOrderStatus } from '../words';
import { FileLink } from '../forms/sent';
import { documents, hearing, remedies } from './acts';
import { reviewsOf, unrated } from './reviews';
import { signing } from './signing';

const ended: Schema['CaseStatus'][] = ['granted', 'partly-granted', 'refused', 'withdrawn', 'not-accepted', 'lapsed'];

export async function casesPage(): Promise<Page> {
  const list = (after?: string) => must(api.GET('/v1/cases', { params: { query: { first: 100, ...after ? { after } : {} } } }));
  const { data, seenAt } = await kept.lastSeen('cases', list);
  const [running, done] = [true, false].map((isRunning) => (
    <section hidden><h2>{isRunning ? t('正在办理', 'In progress') : t('已结束', 'Ended')}</h2><ul class="rows"></ul></section>
  )) as [HTMLElement, HTMLElement];
  const put = (cases: Schema['CaseSummary'][]): void => cases.forEach((of) => {
    const section = ended.includes(of.status) ? done : running;
    section.hidden = false;
    section.querySelector('ul')!.append(row(of));
  });
  put(data.items);
  return page(
    t('我的办件', 'My cases'),
    asSeen(seenAt),
    data.items.length === 0
      ? <p>{t('您还没有办件。', 'You have no cases yet.')} <a href="#/">{t('查找事项', 'Find a matter')}</a></p>
      : null,
    running,
    done,
    more(data.next, list, put),
    <p><a href={to(['reviews'])}>{t('我的评价', 'My ratings')}</a> · <a href={to(['batches'])}>{t('批量录入', 'Batches')}</a></p>,
  );
}

const row = (of: Schema['CaseSummary']): HTMLElement => (
  <li><a href={to(['cases', of.id])}>
    <strong>{of.item.name}</strong>
    <span class={`state ${of.status}`}>{caseStatus(of.status)}</span>
    <span class="quiet">{of.number}{t(` · ${day(of.submittedAt)}提交`, ` · submitted ${day(of.submittedAt)}`)}{of.dueAt && !ended.includes(of.status) ? t(` · 最迟 ${day(of.dueAt)}`, ` · by ${day(of.dueAt)}`) : ''}</span>
  </a></li>
);

/** A case, and its item, which has the names of its steps and materials. */
async function read(id: string): Promise<{ data: Schema['CaseView']; tag: string; item?: Schema['Item'] | undefined }> {
  const found = await answer(api.GET('/v1/cases/{id}', { params: { path: { id } } }));
  const { code, version } = found.data.item;
  const catalogued = await must(api.GET('/v1/catalogue/items/{code}', { params: { path: { code }, query: { version } } })).catch(nothingWhenRefused);
  return { ...found, item: catalogued?.item };
}

export async function casePage({ path }: Place): Promise<Page> {
  const id = path[1]!;
  // What an older app has kept says nothing of ratings, nor of the item.
  const { data: [{ data: of, tag, item }, clock, written, reviews = []], seenAt } = await kept.lastSeen(`case ${id}`, () => Promise.all([
    read(id),
    must(api.GET('/v1/cases/{id}/clock', { params: { path: { id } } })),
    must(api.GET('/v1/cases/{id}/documents', { params: { path: { id } } })),
    reviewsOf({ case: id }),
  ]));
  const isRunning = !ended.includes(of.status);
  // Nobody has done anything before it is accepted, and while it runs what one comes for is something else.
  const rating = (of.acceptedAt || !isRunning) && unrated(of, reviews).length > 0
    ? <a class={isRunning ? null : 'button second'} href={to(['rate'], { case: id })}>{reviews.length > 0 ? t('评价各部门', 'Rate a department') : t('评价这件事的办理', isRunning ? 'Rate how it is going' : 'Rate how it was handled')}</a>
    : null;
  const key = attempts();
  const owed = of.releasedAt ? [] : of.deferred ?? [];
  // Once all have signed, all withdraw it; before, any of them does.
  const parties = of.signBy ? [] : of.applicant.parties ?? [];
  const agreed = (of.withdrawalAgreedBy ?? []).flatMap((party) => parties[party]?.applicant.name ?? []);
  // Of founders one speaks for all, and what was founded.
  const { founders, representative, subject } = of.applicant;
  const speaker = founders?.[representative ?? 0]?.name;
  const speaks = !founders || [speaker, subject?.name].includes(session.person()?.name);
  const supply = (label: string): HTMLElement => speaks ? <a class="button" href={to(['cases', id, 'supply'])}>{label}</a>
    : <p>{t(`由代表各设立人申请的${speaker}提交。`, `${speaker}, who applies for all founders, hands it in.`)}</p>;
  const material = (code: string): string => tx(item?.materials.find((one) => one.code === code)?.name ?? { zh: code, en: code });
  return page(
    of.item.name,
    asSeen(seenAt),
    <p class={`status ${of.status}`}><strong>{caseStatus(of.status)}</strong>{of.decidedAt ? ` · ${day(of.decidedAt)}` : ''}
      {of.acceptBy && of.status === 'submitted' ? <span><br />{t(`最迟 ${moment(of.acceptBy)} 答复是否受理，逾期视为受理`, `You hear by ${moment(of.acceptBy)} whether it is accepted; without an answer it counts as accepted`)}</span> : null}</p>,
    ...of.correctionNotices.filter((_, i) => i === of.correctionNotices.length - 1 && of.status === 'correction-requested').map((open) => notice(open, material, supply(t('去补正', 'Correct the application')))),
    of.steps.some(({ awaits = [] }) => awaits.length > 0) ? (
      <section class="note">
        <h2>{t('请提交材料', 'Something is to be handed in')}</h2>
        <p>{t('收到后即进入下一环节，等待期间不计入承诺时限。', 'The next step begins once it is in. Until then what was promised does not run.')}</p>
        {supply(t('去提交', 'Hand in the materials'))}
      </section>
    ) : null,
    owed.length > 0 ? (
      <section class="note">
        <h2>{t('您承诺补交的材料', 'What you pledged to hand in')}</h2>
        <ul>{owed.map(({ code, supplyBy }) => <li>{material(code)}{t(`：${day(supplyBy)}前（含当日）`, `: by ${day(supplyBy)}`)}</li>)}</ul>
        {supply(t('去提交', 'Hand in the materials'))}
      </section>
    ) : null,
    ...reasons(of),
    of.status === 'awaiting-signatures' && !seenAt ? await signing(of, tag) : null,
    <section>
      <h2>{t('时限', 'Time limits')}</h2>
      {clockLines(clock)}
    </section>,
    <section>
      <h2>{t('办理环节', 'Steps')}</h2>
      <ol class="steps">{of.steps.map((step) => (
        <li class={step.status}>
          {stepName(step, item)}<br />
          {step.status === 'waiting' && isRunning && !of.acceptedAt ? t('等待受理', 'Waits for acceptance') : step.awaits?.length > 0 ? t('等待您提交材料', 'Waits for what you hand in') : stepStatus(step.status)}
          <span class="quiet">{step.decidedAt ? ` · ${day(step.decidedAt)}` : step.status === 'open' && step.dueAt ? t(` · 最迟 ${moment(step.dueAt)}`, ` · by ${moment(step.dueAt)}`) : ''}</span>
          {step.notNeeded ? <p class="quiet">{t(step.notNeeded.zh, step.notNeeded.en)}</p> : ''}
          {step.refusal && !of.refusal ? <p><Chinese>{step.refusal.reason}</Chinese> <span class="quiet" lang="zh-CN">{step.refusal.legalBasis}</span></p> : null}
          {step.results.map(({ name, file }) => <FileLink id={file.id} name={name} isChinese />)}
        </li>
      ))}</ol>
    </section>,
    of.licences.length > 0
      ? <section><h2>{t('电子证照', 'Licences')}</h2><ul class="plain">{of.licences.map((licence) => <li>{licence.href ? <a href={to(['licences', licence.number])}>{tx(licence.licence.name)}</a> : tx(licence.licence.name)} <code>{licence.number}</code></li>)}</ul></section>
      : null,
    of.commitment ? committed(id, of.commitment, seenAt !== null, () => command(tag, key('fulfilment'))) : null,
    documents(written.items, (n) => must(api.GET('/v1/cases/{id}/documents/{n}', { params: { path: { id, n } }, headers: { Accept: 'application/pdf' }, parseAs: 'blob' }))),
    remedies(of.remedies),
    reviews.length > 0 || rating && !isRunning ? (
      <section>
        <h2>{t('评价', 'Rating')}</h2>
        {reviews.map((review) => <p><a href={to(['reviews', review.id])}>{review.department ? `${department(review.department)} · ` : ''}{grade(review.grade)}</a>{review.workOrder ? ` · ${workOrderStatus(review.workOrder.status)}` : ''}</p>)}
        {isRunning ? null : <div class="actions">{rating}</div>}
      </section>
    ) : null,
    of.remarks?.length > 0 ? <section><h2>{t('备注', 'Remarks')}</h2><ul lang="zh-CN">{of.remarks.map(({ text }) => <li>{text}</li>)}</ul></section> : null,
    <section>
      <h2>{t('申请', 'The application')}</h2>
      {facts([
        [t('办件编号', 'Number'), <code>{of.number}</code>],
        [t('申请人', 'Applicant'), of.applicant.parties?.map(({ applicant }) => applicant.name).join(t('、', ', ')) ?? of.applicant.name],
        [t('经办人', 'Agent'), of.agent?.name],
        [t('延续的证照', 'Renews'), of.renewal ? <a href={to(['licences', of.renewal.licence])}>{of.renewal.licence}</a> : ''],
        [t('提交时间', 'Submitted'), moment(of.submittedAt)],
        [t('受理时间', 'Accepted'), of.acceptedAt ? moment(of.acceptedAt) + (of.deemed ? t('（逾期未答复，视为受理）', ' (counts as accepted: nobody answered in time)') : '') : ''],
        [t('已交材料', 'Handed in'), of.materials.length > 0 ? <ul class="plain">{of.materials.map(({ code, name }) => <li>{material(code)} <span class="quiet">{name}</span></li>)}</ul> : ''],
      ])}
      <p><a href={to(['complain'], { case: id, number: of.number })}>{t('投诉这件事的服务', 'Complain about how this was handled')}</a></p>
      {isRunning && rating ? <p>{rating}</p> : null}
      {isRunning && agreed.length > 0 ? <p role="status">{t(`同意撤回：${agreed.join('、')}。各方都同意后才撤回。`, `Want it withdrawn: ${agreed.join(', ')}. It is when all parties do.`)}</p> : null}
      {isRunning && speaks && !seenAt && !agreed.includes(session.person()?.name ?? '') ? <Action label={t('撤回申请', 'Withdraw the application')} kind="second" run={async () => {
        if (!confirm(parties.length > 0 ? t('各方都同意后，未办结的环节全部取消。确定同意撤回？', 'Once all parties agree, whatever is undecided will be cancelled. Agree to withdraw?') : t('撤回后，未办结的环节全部取消。确定撤回？', 'Whatever is undecided will be cancelled. Withdraw?'))) return;
        await must(api.POST('/v1/cases/{id}/withdrawal', { params: { path: { id }, ...command(tag, key('withdrawal')) }, body: {} }));
        go(['cases', id], { at: Date.now().toString(36) });
      }} /> : null}
    </section>,
  );
}

/** What a step is called, and whose it is; an older app has kept no more than that. */
function stepName(step: Schema['StepView'], item: Schema['Item'] | undefined): HTMLElement {
  const named = item?.procedure.steps.find(({ code }) => code === step.code);
  return <span><strong>{named ? tx(named.name) : department(step.department)}</strong>{named ? <span class="quiet"> {department(step.department)}</span> : null}</span>;
}

/** Why it was not accepted, refused or closed, and when and where it is heard: what notifications say is to be read here. */
const reasons = ({ nonAcceptance, refusal, lapse, hearings }: Schema['CaseView']): (HTMLElement | null)[] => [
  nonAcceptance ? (
    <section>
      <h2>{t('不予受理的理由', 'Why it was not accepted')}</h2>
      <p lang="zh-CN">{nonAcceptance.reason}</p>
      {nonAcceptance.authority ? <p>{t('请向以下机关申请：', 'Apply to: ')}<strong lang="zh-CN">{nonAcceptance.authority}</strong></p> : null}
    </section>
  ) : null,
  refusal ? <section><h2>{t('不予许可的理由', 'Why it was refused')}</h2><p lang="zh-CN">{refusal.reason}</p><p class="quiet" lang="zh-CN">{refusal.legalBasis}</p></section> : null,
  lapse ? <section><h2>{t('终止办理的理由', 'Why it was closed')}</h2><p lang="zh-CN">{lapse.reason}</p></section> : null,
  hearings.length > 0 ? <section><h2>{t('听证', 'Hearing')}</h2>{hearings.map(hearing)}</section> : null,
];

/** What was signed in place of an examination; where the conditions were to be met by a day, that they are is filed here. */
function committed(id: string, of: Schema['Commitment'], isOld: boolean, headers: () => ReturnType<typeof command>): HTMLElement {
  return (
    <section>
      <h2>{t('告知承诺', 'The commitment')}</h2>
      {facts([
        [t('签署', 'Signed'), `${of.signatory} · ${moment(of.signedAt)}`],
        [t('达到条件的最后一天', 'Conditions to be met by'), of.meetBy ? day(of.meetBy) : ''],
        [t('已报达到条件', 'Filed that they are met'), of.metAt ? moment(of.metAt) : ''],
        [t('撤销', 'Annulled'), of.breach ? <a href={to(['licences', of.breach.licence])}>{of.breach.licence}</a> : ''],
      ])}
      {of.overdueAt ? <p role="alert">{t('已过最后一天，尚未报告达到条件。', 'That day is over, and nobody has filed that they are met.')}</p> : null}
      <details><summary>{t('承诺书全文', 'The whole text')}</summary><p class="words">{tx(of.terms)}</p></details>
      {of.meetBy && !of.metAt && !of.overdueAt && !of.breach && !isOld ? <Action label={t('报告已达到条件', 'File that the conditions are met')} run={async () => {
        await must(api.POST('/v1/cases/{id}/commitment/fulfilment', { params: { path: { id }, ...headers() } }));
        go(['cases', id], { at: Date.now().toString(36) });
      }} /> : null}
    </section>
  );
}

function notice(of: Schema['CorrectionNotice'], material: (code: string) => string, answer: HTMLElement): HTMLElement {
  return (
    <section class="note">
      <h2>{t('请一次补齐', 'What is missing')}</h2>
      <ul>{of.lines.map((line) => <li>{line.material ? <strong>{material(line.material)}{t('：', ': ')}</strong> : null}<Chinese>{line.text}</Chinese>{line.material && of.supplied.includes(line.material) ? t('（已补交）', ' (handed in)') : ''}</li>)}</ul>
      {of.answerBy ? <p>{t(`请在 ${day(of.answerBy)}前（含当日）补正。`, `Hand it in by ${day(of.answerBy)}.`)}</p> : null}
      {answer}
    </section>
  );
}

/** CLK-5: the clock explains itself, with each day it skips and each time it stood. */
function clockLines(clock: Schema['CaseClock']): HTMLElement {
  const due = (line: Schema['ClockLine']): string => {
    if (!line.dueAt) return t(`${limit(line.limit)}，自受理起算`, `${limit(line.limit)} from acceptance`);
    return t(`${limit(line.limit)}，最迟 ${moment(line.dueAt)}`, `${limit(line.limit)}: by ${moment(line.dueAt)}`) + (line.provisional ? t('（待节假日安排公布）', ' (until the holidays are announced)') : '');
  };
  const skipped = clock.promised.skipped ?? [];
  return (
    <div>
      {facts([
        [t('承诺', 'Promised'), due(clock.promised)],
        [t('法定', 'By law'), due(clock.statutory)],
        [t('实际', 'Actual'), clock.actual?.value === 0 && clock.actual.unit === 'hall-hours' ? t('不到 1 个工作小时', 'less than 1 opening hour') : clock.actual ? limit(clock.actual) : ''],
      ])}
      {(clock.waits ?? []).map((wait) => <p>{t('等待您提交材料', 'It waited for what you hand in')}: {moment(wait.from)}{wait.until ? ` – ${moment(wait.until)}` : t('，等待中', ', and still does')}</p>)}
      {clock.pauses.map((pause) => <p>{pauseReason(pause.reason)}: {moment(pause.from)}{pause.until ? ` – ${moment(pause.until)}` : t('，暂停中', ', still going on')}</p>)}
      {clock.delay ? <p role="alert">{clock.delay.byLaw ? t('已超过法定时限。', 'The limit that the law sets is past. ') : t('已超过承诺时限。', 'The promise has not been kept. ')}{clock.delay.reason ?? t(`部门须在 ${moment(clock.delay.explainBy)} 前说明原因。`, `The department has to say why by ${moment(clock.delay.explainBy)}.`)}</p> : null}
      {skipped.length > 0 ? (
        <details>
          <summary>{t(`不计入的 ${skipped.length} 天`, `${skipped.length} days that do not count`)}</summary>
          <ul class="plain">{skipped.map((skip) => <li>{day(skip.date)} <span class="quiet">{tx(skip.name)}</span></li>)}</ul>
        </details>
      ) : null}
    </div>
  );
}
