// What a supervising department found of what one was granted, and by when it is to be put right (监管).
import { h } from '../jsx';
import { api, must } from '../api';
import * as kept from '../kept';
import { asSeen, facts, page, type Page } from '../parts';
import { t } from '../look';
import { to, type Place } from '../place';
import { date, day, department } from '../words';

export async function supervisionPage({ path }: Place): Promise<Page> {
  const id = path[1]!;
  const { data: task, seenAt } = await kept.lastSeen(`supervision ${id}`, () => must(api.GET('/v1/supervision-tasks/{id}', { params: { path: { id } } })));
  const { finding, rectification } = task;
  const said = (note: string | null | undefined, at: string) => <div>{note ? <span class="words" lang="zh-CN">{note}</span> : null} <span class="quiet">{day(at)}</span></div>;
  return page(
    task.matter,
    asSeen(seenAt),
    facts([
      [t('监管部门', 'Supervised by'), department(task.department)],
      [t('检查结果', 'The inspection'), finding ? finding.outcome === 'breach' ? t('不符合', 'A breach was found') : t('符合', 'All was in order') : t('尚未检查', 'There was none yet')],
      [t('检查情况', 'What was seen'), finding ? said(finding.note, finding.at) : ''],
      [t('整改期限', 'To be put right by'), finding?.rectifyBy ? t(`${date(finding.rectifyBy)}（含当日）`, date(finding.rectifyBy)) : ''],
      [t('整改结果', 'What came of it'), rectification ? rectification.outcome === 'rectified' ? t('已整改', 'It was put right') : t('未整改', 'It was not put right') : ''],
      [t('复查情况', 'What was seen then'), rectification ? said(rectification.note, rectification.at) : ''],
    ]),
    <p>{task.licence ? <a href={to(['licences', task.licence])}>{t('所涉证照', 'The licence it is about')}</a> : <a href={to(['cases', task.case])}>{t('所涉办件', 'The case it is about')}</a>}</p>,
  );
}
