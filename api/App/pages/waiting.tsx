// What waits to be sent, and what became of what was sent later than it was written.
import { h } from '../jsx';
import { codes, fresh } from '../codes';
import { Action, refusalWords } from '../parts';
import { t } from '../look';
import { here, to } from '../place';
import { moment, quoted } from '../words';
import * as outbox from '../outbox';
import { inTheWay } from './book';
import { codeOnce, own } from './complaints';

export const outboxNotes = async (): Promise<HTMLElement[]> => [...[...fresh].map(([id, code]) => codeNote(id, code, async () => outbox.showCode(id, undefined))), ...(await outbox.entries()).map(note)];

function codeNote(id: string, code: string, dismiss: () => Promise<void>): HTMLElement {
  codes.set(id, code);
  // Elsewhere than on its complaint's page it leaves room for what one has turned to.
  if (here().path.join('/') !== `complaints/${id}`)
    return <div class="note top" role="status"><p>{t('您有一个还没保存的投诉查询码。', 'You have a complaint code you have not kept yet.')} <a href={to(['complaints', id])}>{t('查看', 'Show it')}</a></p></div>;
  return <div class="top" role="status">{codeOnce(id, code)}<Action label={t('已保存，不再显示', 'I have kept it: show it no more')} kind="second" run={dismiss} /></div>;
}

function note(waiting: outbox.Waiting): HTMLElement {
  const { key, what: { kind }, outcome, expiresAt } = waiting;
  const what = nameOf(waiting.what);
  const dismiss = (label: string): HTMLElement => <Action label={label} kind="second" run={() => outbox.dismiss(key)} />;
  if (!outcome) {
    return <div class="note top" role="status"><p>{what}{t(`：等待网络恢复后发送，最迟 ${moment(expiresAt)}。`, `: waits for a connection, until ${moment(expiresAt)}.`)}</p>{dismiss(t('不再发送', 'Do not send it'))}</div>;
  }
  if ('filed' in outcome && outcome.filed.code) return codeNote(outcome.filed.id, outcome.filed.code, () => outbox.dismiss(key));
  if ('booked' in outcome || 'filed' in outcome) {
    const address = 'booked' in outcome ? to(['appointments', outcome.booked.id]) : to(['complaints', outcome.filed.id], own);
    return <div class="note top" role="status"><p>{what}{t('：已办妥。', ': done.')} <a href={address}>{t('查看', 'See it')}</a></p>{dismiss(t('知道了', 'All right'))}</div>;
  }
  const why = 'expired' in outcome ? t('已过时限，没有发送。', 'its time was over, and it was not sent.') : refusalWords(outcome.refused);
  return <div class="note top" role="alert"><p>{what}{kind === 'booking' ? t('：没有约成。', ' was not booked: ') : t('：没有提交。', ' was not filed: ')}{why} {'refused' in outcome ? inTheWay(outcome.refused) : null}</p>{dismiss(t('知道了', 'All right'))}</div>;
}

const nameOf = (what: outbox.Booking | outbox.Complaint): string => what.kind === 'booking'
  ? t(`预约${quoted(what.itemName)}，${moment(what.start)}`, `The visit for “${what.itemName}”, ${moment(what.start)}`)
  : t('您的投诉', 'Your complaint');
