// One's licences, each with the code by which anybody verifies it, also where there is no connection.
import { h } from '../jsx';
import { answer, api, command, must, type Schema } from '../api';
import { drop, keep, written } from '../application';
import * as kept from '../kept';
import { Action, asSeen, Chinese, facts, Field, more, page, save, Sheet, type Page } from '../parts';
import { t } from '../look';
import { go, to, type Place } from '../place';
import { date, day, dayOf, department, licenceStatus, limit, revocation, tx } from '../words';
import { renewingOf, type Renewing } from '../renewal';
import { documents, hearing, remedies } from './acts';
import { canApply } from './apply';

const aDay = 86_400_000;

export async function licencesPage(): Promise<Page> {
  const list = (after?: string) => must(api.GET('/v1/licences', { params: { query: { first: 100, ...after ? { after } : {} } } }));
  const { data, seenAt } = await kept.lastSeen('licences', list);
  const [valid, others] = [<ul class="rows"></ul>, <ul class="rows"></ul>];
  const invalid = <section><h2>{t('现在无效', 'Not valid now')}</h2>{others}</section>;
  const put = (further: Schema['LicenceView'][]): void => {
    for (const of of further) (of.status === 'valid' ? valid : others).append(row(of));
    valid.hidden = valid.childElementCount === 0;
    invalid.hidden = others.childElementCount === 0;
  };
  put(data.items);
  if (!seenAt) void copy(data.items);
  return page(
    t('我的证照', 'My licences'),
    asSeen(seenAt),
    data.items.length === 0
      ? <p>{t('您还没有电子证照。', 'You have no licences yet.')} <a href="#/">{t('查找事项', 'Find a matter')}</a></p>
      : null,
    valid,
    invalid,
    more(data.next, list, put),
  );
}

/** Keeps each valid one: whoever is asked for a licence at a counter is asked where there is no connection, too. One after another, for nobody waits for it. */
async function copy(licences: Schema['LicenceView'][]): Promise<void> {
  for (const { number, status } of licences) if (status === 'valid') await seen(number).catch(() => undefined);
}

const row = (of: Schema['LicenceView']): HTMLElement => (
  <li><a href={to(['licences', of.number])}>
    <strong>{tx(of.kind.name)}</strong>
    <span class={`state ${of.status}`}>{licenceStatus(of)}</span>
    <span class="quiet">{of.number}{of.status === 'valid' && of.validUntil ? t(` · 有效至 ${date(of.validUntil)}`, ` · until ${date(of.validUntil)}`) : ''}</span>
  </a></li>
);

const seen = (number: string) => kept.lastSeen(`licence ${number}`, async () => {
  const params = { path: { number } };
  const { data, tag } = await answer(api.GET('/v1/licences/{number}', { params }));
  return [data, await must(api.GET('/v1/licences/{number}/qr', { params, headers: { Accept: 'image/png' }, parseAs: 'blob' })) as unknown as Blob, tag] as const;
});

export async function licencePage({ path }: Place, left: AbortSignal): Promise<Page> {
  const number = path[1]!;
  const { data: [of, code, tag], seenAt } = await seen(number);
  const params = { path: { number } };
  const [renewing, written] = seenAt ? [null, []] : await Promise.all([renewingOf(of).catch(() => null), must(api.GET('/v1/licences/{number}/documents', { params })).then(({ items }) => items, () => [])]);
  const picture = URL.createObjectURL(code);
  left.addEventListener('abort', () => URL.revokeObjectURL(picture));
  return page(
    tx(of.kind.name),
    asSeen(seenAt),
    <p class={`status ${of.status}`}><strong>{licenceStatus(of)}</strong>{of.suspendedUntil ? t(` · 至 ${date(of.suspendedUntil)}（含当日）`, ` · until ${date(of.suspendedUntil)}`) : ''}</p>,
    of.status === 'valid' && of.operationFrom === null ? <p class="note">{t('承诺的条件尚未报告达到，在此之前不得从事证照准予的活动。', 'That the conditions are met has not been filed. Until then nothing that it is for may be done.')}</p> : null,
    of.status === 'valid' ? <figure class="code"><img src={picture} alt={t('核验码', 'Code to verify it by')} /><figcaption>{t('请对方扫码核验', 'Whoever scans this sees that it is genuine')}</figcaption></figure> : null,
    of.notice ? noticed(of, of.notice, seenAt ? null : tag ?? null) : null,
    of.hearings?.length > 0 ? <section><h2>{t('听证', 'Hearing')}</h2>{of.hearings.map(hearing)}</section> : null,
    of.grounds ? <p class="note" lang="zh-CN">{of.grounds.reason} <span class="quiet">{of.grounds.legalBasis}</span></p> : null,
    facts([
      [t('证照编号', 'Number'), <code>{of.number}</code>],
      [t('持证主体', 'Holder'), [of.holder, ...of.jointHolders].map(({ name }) => name).join(t('、', ', '))],
      [t('许可内容', 'What it allows'), of.scope],
      [t('发证部门', 'Issued by'), department(of.department)],
      [t('有效期', 'Valid'), `${date(of.validFrom)} – ${of.validUntil ? date(of.validUntil) : t('长期', 'no end')}`],
      [t('已换发为', 'Replaced by'), of.replacedBy ? <a href={to(['licences', of.replacedBy])}>{of.replacedBy}</a> : ''],
    ]),
    seenAt ? null : <Action label={t('下载 PDF', 'Download the PDF')} kind="second" run={async () => save(
      await must(api.GET('/v1/licences/{number}/document', { params, parseAs: 'blob' })) as unknown as Blob, `${number}.pdf`)} />,
    renewing ? renewal(of, renewing) : null,
    documents(written, (n) => must(api.GET('/v1/licences/{number}/documents/{n}', { params: { path: { number, n } }, headers: { Accept: 'application/pdf' }, parseAs: 'blob' }))),
    remedies(of.grounds?.remedies ?? []),
    <p><a href={to(['cases', of.case])}>{t('核发此证照的办件', 'The case that granted it')}</a></p>,
  );
}

/** For what it is to end, and what its holder says to that until the day that the notice names: one or the other, or both. Null for the tag of what is only seen. */
function noticed(of: Schema['LicenceView'], notice: Schema['AnnulmentNotice'], tag: string | null): HTMLElement {
  const name = `statement ${of.number}`;
  const text = <textarea rows="4" maxlength="2000"></textarea> as HTMLTextAreaElement;
  text.value = written<string>(name) ?? '';
  const asked = <input type="checkbox" /> as HTMLInputElement;
  return (
    <section class="note held">
      <h2>{t(`拟${revocation(notice.ground)}此证照`, `It is to be ${revocation(notice.ground)}`)}</h2>
      <p><Chinese>{notice.facts}</Chinese> <span class="quiet" lang="zh-CN">{notice.legalBasis}</span></p>
      <p>{t(`您可以在 ${day(notice.speakBy)}前（含当日）陈述、申辩和要求听证。`, `You may speak and ask for a hearing until ${day(notice.speakBy)}, that day included.`)}</p>
      {of.statements?.map((said) => <p><strong>{t('您的陈述：', 'You said: ')}</strong><span class="words">{said.text}</span> <span class="quiet">{day(said.at)}</span></p>)}
      {of.hearingAskedOn ? <p>{t(`您已于 ${day(of.hearingAskedOn)} 要求听证。`, `You asked for a hearing on ${day(of.hearingAskedOn)}.`)}</p> : null}
      {tag !== null && dayOf(Date.now()) <= notice.speakBy ? (
        <Sheet
          label={t('提交', 'Send')}
          oninput={() => keep(name, text.value)}
          wrongs={() => text.value.trim() || asked.checked ? [] : [{ element: text.closest<HTMLElement>('.field')!, words: of.hearingAskedOn ? t('请填写。', 'Say something.') : t('请填写，或要求听证。', 'Say something, or ask for a hearing.') }]}
          submit={async (key) => {
            const body = { ...(text.value.trim() && { text: text.value.trim() }), ...(asked.checked && { hearing: true }) };
            await must(api.POST('/v1/licences/{number}/statements', { params: { path: { number: of.number }, ...command(tag, key(body)) }, body }));
            drop(name);
            go(['licences', of.number], { at: Date.now().toString(36) });
          }}>
          <Field label={t('陈述、申辩', 'What you have to say')} pointer="/text" optional>{text}</Field>
          {of.hearingAskedOn ? null : <div class="field"><label class="pick">{asked}{t('要求听证', 'I ask for a hearing')}</label></div>}
        </Sheet>
      ) : null}
    </section>
  );
}

/** When it can be renewed, and the way there: here, or where else the matter is handled. */
function renewal(of: Schema['LicenceView'], { item, rule: { opens, closes, unit }, stands }: Renewing): HTMLElement {
  const before = (value: number): string => {
    const words = t(`届满前 ${limit({ value, unit })}`, `${limit({ value, unit })} before the last day`);
    // Working days are counted by the platform.
    return unit === 'working-days' ? words : t(`${date(dayOf(Date.parse(of.validUntil!) - value * aDay))}（${words}）`, `${date(dayOf(Date.parse(of.validUntil!) - value * aDay))} (${words})`);
  };
  const [first, last] = [opens != null ? before(opens) : stands === 'early' ? date(of.validFrom) : null, before(closes)];
  const isHere = canApply(item, true);
  return (
    <section>
      <h2>{t('延续', 'Renewal')}</h2>
      <p>{first ? t(`可以申请的时间：${first}起，最迟 ${last}。`, `You can apply from ${first} until ${last}.`) : t(`最迟 ${last}申请。`, `You can apply until ${last}.`)}</p>
      {stands === 'early' ? <p>{t('现在申请还太早。', 'It is too early now.')}</p> : null}
      {stands === 'late' ? <p>{t('已过申请延续的期限，请重新申请。', 'It is too late now: it is applied for anew.')}</p> : null}
      {stands === 'open' ? <div class="actions"><a class="button" href={isHere ? to(['apply', item.code], { renews: of.number }) : to(['items', item.code])}>{isHere ? t('申请延续', 'Renew the licence') : t('查看怎样延续', 'See how it is renewed')}</a></div> : null}
    </section>
  );
}
