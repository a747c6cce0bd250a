// What waits to be sent, and what became of what was sent later than it was written.
import { h } from '../jsx';
import { Action } from '../parts';
import { t } from '../look';
import { to } from '../place';
import { moment } from '../words';
import * as outbox from '../outbox';

export async function outboxNotes(): Promise<HTMLElement[]> {
  return (await outbox.entries()).map((waiting) => {
    const what = t(`预约“${waiting.what.itemName}”，${moment(waiting.what.start)}`, `The visit for “${waiting.what.itemName}”, ${moment(waiting.what.start)}`);
    const dismiss = (label: string): HTMLElement => <Action label={label} kind="second" run={() => outbox.dismiss(waiting.key)} />;
    const { outcome } = waiting;
    if (!outcome) {
      return <div class="note top" role="status"><p>{what}{t(`：等待网络恢复后发送，最迟 ${moment(waiting.expiresAt)}。`, `: waits for a connection, until ${moment(waiting.expiresAt)}.`)}</p>{dismiss(t('不再发送', 'Do not send it'))}</div>;
    }
    if ('done' in outcome) {
      return <div class="note top" role="status"><p>{what}{t('：已办妥。', ': done.')} <a href={to(['appointments', outcome.done.id])}>{t('查看', 'See it')}</a></p>{dismiss(t('知道了', 'All right'))}</div>;
    }
    const why = 'expired' in outcome ? t('已过时限，没有发送。', 'its time was over, and it was not sent.') : [outcome.refused.title, outcome.refused.detail].filter(Boolean).join(t('：', ': '));
    return <div class="note top" role="alert"><p>{what}{t('：没有办成。', ' did not come about: ')}{why}</p>{dismiss(t('知道了', 'All right'))}</div>;
  });
}
