// What an authority does is told in writing, and what can be done against it stands beside it: of cases and of licences.
import { h } from '../jsx';
import type { Schema } from '../api';
import { t } from '../look';
import { Action, Chinese, save } from '../parts';
import { day, dayOf, span } from '../words';

/**
 * The documents (文书), each to be saved.
 * @param read The PDF of the one that has this number.
 */
export const documents = (items: readonly Schema['DocumentView'][], read: (n: number) => Promise<unknown>): HTMLElement | null => items.length === 0 ? null : (
  <section>
    <h2>{t('文书', 'Documents')}</h2>
    <ul class="plain">{items.map((document) => (
      <li>
        <Chinese>{document.title}</Chinese>{t('', ' (in Chinese)')} <span class="quiet"><Chinese>{document.number}</Chinese> · {day(document.date)}</span>
        <Action label={t('下载 PDF', 'Download the PDF')} kind="second" run={async () => save(await read(document.n) as Blob, `${document.number}.pdf`)} />
      </li>
    ))}</ul>
  </section>
);

/** What can be done against it (救济途径): against what was decided, and, before that, where nothing is in time. */
export const remedies = (items: readonly Schema['Remedy'][]): (HTMLElement | null)[] => [
  ways(t('不服决定的救济途径', 'If you disagree'), items.filter(({ act }) => act !== 'no-decision')),
  ways(t('法定期限内没有决定的，可以这样救济', 'If nothing is decided in time'), items.filter(({ act }) => act === 'no-decision')),
];

const ways = (title: string, items: readonly Schema['Remedy'][]): HTMLElement | null => items.length === 0 ? null : (
  <section>
    <h2>{title}</h2>
    {items.map((remedy) => <p>{without(remedy)}{t(
      `可自${remedy.from ? ` ${day(remedy.from)}` : '收到之日'}起 ${span(remedy.within)}内向${remedy.authority}申请行政复议（${remedy.address}）${remedy.reconsiderationFirst ? '，对复议决定不服的，可' : '，或'} ${span(remedy.courtWithin)}内向${remedy.court}提起行政诉讼。`,
      `${remedy.act === 'no-decision' ? 'ask' : 'Ask'} ${remedy.authority} (${remedy.address}) for reconsideration within ${span(remedy.within)}${remedy.from ? ` from ${day(remedy.from)}` : ''}, ${remedy.reconsiderationFirst ? 'and after that' : 'or'} go to ${remedy.court} within ${span(remedy.courtWithin)}.`)}</p>)}
  </section>
);

/** Of what is owed by a day, that day, which is the one before it can be sought. */
const without = ({ act, from }: Schema['Remedy']): string => {
  if (act !== 'no-decision' || !from) return '';
  const due = day(dayOf(Date.parse(`${from}T00:00:00+08:00`) - 1));
  return t(`${due}（含当日）前没有决定的，`, `If there is no decision by ${due}: `);
};

/** A hearing, and where; of one that is off, so. */
export const hearing = ({ heldOn, place, presider, calledOffAt }: Pick<Schema['LicenceHearing'], 'heldOn' | 'place' | 'presider'> & { calledOffAt?: string | null }): HTMLElement =>
  <p>{calledOffAt ? t('不再举行：', 'Off: ') : null}<strong>{day(heldOn)}</strong>{t('，', ', ')}{place}{t(`，主持人：${presider.name}`, `, presided over by ${presider.name}`)}</p>;
