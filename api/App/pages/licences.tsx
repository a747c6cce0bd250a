// One's licences, each with the code by which anybody verifies it, also where there is no connection.
import { h } from '../jsx';
import { api, must, type Schema } from '../api';
import * as kept from '../kept';
import { Action, asSeen, facts, page, save, type Page } from '../parts';
import { t } from '../look';
import { to, type Place } from '../place';
import { day, department, licenceStatus, tx } from '../words';

export async function licencesPage(): Promise<Page> {
  const { data, seenAt } = await kept.lastSeen('licences', async () => {
    const read = await must(api.GET('/v1/licences', { params: { query: { first: 100 } } }));
    // Whoever is asked for a licence at a counter is asked where there is no connection, too.
    await Promise.all(read.items.filter(({ status }) => status === 'valid').map(({ number }) => seen(number)));
    return read;
  });
  return page(
    t('我的证照', 'My licences'),
    asSeen(seenAt),
    data.items.length === 0
      ? <p>{t('您还没有电子证照。', 'You have no licences yet.')} <a href="#/">{t('查找事项', 'Find a matter')}</a></p>
      : <ul class="rows">{data.items.map(row)}</ul>,
  );
}

const row = (of: Schema['LicenceView']): HTMLElement => (
  <li><a href={to(['licences', of.number])}>
    <strong>{tx(of.kind.name)}</strong>
    <span class={`state ${of.status}`}>{licenceStatus(of.status)}</span>
    <span class="quiet">{of.number}</span>
  </a></li>
);

const seen = (number: string) => kept.lastSeen(`licence ${number}`, async () => {
  const params = { path: { number } };
  return [await must(api.GET('/v1/licences/{number}', { params })), await must(api.GET('/v1/licences/{number}/qr', { params, headers: { Accept: 'image/png' }, parseAs: 'blob' })) as unknown as Blob] as const;
});

export async function licencePage({ path }: Place, left: AbortSignal): Promise<Page> {
  const number = path[1]!;
  const { data: [of, code], seenAt } = await seen(number);
  const picture = URL.createObjectURL(code);
  left.addEventListener('abort', () => URL.revokeObjectURL(picture));
  return page(
    tx(of.kind.name),
    asSeen(seenAt),
    <p class={`status ${of.status}`}><strong>{licenceStatus(of.status)}</strong></p>,
    of.status === 'valid' ? <figure class="code"><img src={picture} alt={t('核验码', 'Code to verify it by')} /><figcaption>{t('请对方扫码核验', 'Whoever scans this sees that it is genuine')}</figcaption></figure> : null,
    of.notice ? <p class="note" role="alert">{t(`发证部门拟撤销此证照：${of.notice.facts} 您可以在 ${day(of.notice.speakBy)} 前（含当日）陈述、申辩和要求听证。`, `It is to be revoked: ${of.notice.facts} You may speak and ask for a hearing until ${day(of.notice.speakBy)}, that day included.`)}</p> : null,
    of.grounds ? <p class="note">{of.grounds.reason} <span class="quiet">{of.grounds.legalBasis}</span></p> : null,
    facts([
      [t('证照编号', 'Number'), <code>{of.number}</code>],
      [t('持证主体', 'Holder'), [of.holder, ...of.jointHolders].map(({ name }) => name).join(t('、', ', '))],
      [t('许可内容', 'What it allows'), of.scope],
      [t('发证部门', 'Issued by'), department(of.department)],
      [t('有效期', 'Valid'), `${day(of.validFrom)} – ${of.validUntil ? day(of.validUntil) : t('长期', 'no end')}`],
    ]),
    seenAt ? null : <Action label={t('下载 PDF', 'Download the PDF')} kind="second" run={async () => save(
      await must(api.GET('/v1/licences/{number}/document', { params: { path: { number } }, parseAs: 'blob' })) as unknown as Blob, `${number}.pdf`)} />,
    <p><a href={to(['cases', of.case])}>{t('核发此证照的办件', 'The case that granted it')}</a></p>,
  );
}
