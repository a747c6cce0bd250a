// Finding a matter, and what it takes.
import { h } from '../jsx';
import { api, must, type Schema } from '../api';
import { facts, more, page, refusalWords, type Page } from '../parts';
import { nothingWhenRefused, previewOf } from '../preview';
import { canApply } from './apply';
import { t } from '../look';
import { go, to, type Place } from '../place';
import * as session from '../session';
import { applicantKind, day, department, departmentCodes, limit, money, tx } from '../words';

type Query = { query?: string; department?: Schema['Department'] };

export async function findPage({ query }: Place): Promise<Page> {
  const asked = { query: query.get('q') ?? '', department: query.get('department') ?? '' };
  const title = asked.department ? department(asked.department as Schema['Department']) : t('您要办什么事？', 'What do you need?');
  const text = <input type="search" id="q" name="q" value={asked.query} autocomplete="off" enterkeyhint="search" aria-describedby="q-help" /> as HTMLInputElement;
  const form = (
    <form role="search" class="search" onsubmit={(event: Event) => { event.preventDefault(); go([], { q: text.value.trim(), department: asked.department }); }}>
      <label for="q">{t('查找事项', 'Find a matter')}</label>
      <p class="hint" id="q-help">{t('如：食品经营、参保、居住证', 'Such as: restaurant, insurance, permit')}</p>
      <div>{text}<button>{t('查找', 'Search')}</button></div>
    </form>
  );
  return page(title, form, ...(asked.query || asked.department ? await results(asked) : byDepartment()));
}

/** What many come for, in the words by which the catalogue finds it. */
const often = [['企业开办', 'Business establishment'], ['就业登记', 'Employment registration'], ['食品经营许可', 'Food business licence'], ['不动产转移', 'Real estate: transfer']] as const;

/** Without a question: what many ask for, and the departments, in which one can look around. */
const byDepartment = (): HTMLElement[] => [
  <h2>{t('常办', 'Often asked for')}</h2>,
  <ul class="departments">{often.map(([zh, en]) => <li><a href={to([], { q: t(zh, en) })}>{t(zh, en)}</a></li>)}<li><a href={to(['tickets'])}>{t('到大厅取号排队', 'A number in a hall')}</a></li></ul>,
  <h2>{t('按部门查找', 'By department')}</h2>,
  <ul class="departments">{departmentCodes.filter((code) => code !== 'state-security').map((code) => <li><a href={to([], { department: code })}>{department(code)}</a></li>)}</ul>,
];

async function results(asked: { query: string; department: string }): Promise<(HTMLElement | null)[]> {
  const query: Query = { ...(asked.query && { query: asked.query }), ...(asked.department && { department: asked.department as Schema['Department'] }) };
  const found = await search(query);
  const list = <ul class="rows">{found.items.map(row)}</ul>;
  return [
    <p class="quiet" role="status">{found.total === 0 ? t('没有找到，换一个说法试试。', 'Nothing found. Try other words.') : t(`共 ${found.total} 项`, `${found.total} matter${found.total === 1 ? '' : 's'}`)}
      {' '}<a href="#/">{t('所有部门', 'All departments')}</a></p>,
    list,
    more(found.next, (after) => search({ ...query, after }), (further) => list.append(...further.map(row))),
  ];
}

const search = (query: Query & { after?: string }): Promise<Schema['PageOfItemSummary']> =>
  must(api.GET('/v1/catalogue/items', { params: { query: { ...query, first: 20, count: true } } }));

const row = (item: Schema['ItemSummary']): HTMLElement => (
  <li><a href={to(['items', item.code])}>
    <strong>{tx(item.name)}</strong>
    <span class="quiet">{department(item.department)} · {!item.promisedLimit ? t('已取消', 'ended') : item.handling === 'immediate' ? t('即办', 'at once') : limit(item.promisedLimit)} · {money(item.feeYuan)}</span>
  </a></li>
);

export async function itemPage({ path }: Place): Promise<Page> {
  const code = path[1]!;
  const { item } = await must(api.GET('/v1/catalogue/items/{code}', { params: { path: { code } } }));
  const { statutoryLimit, promisedLimit } = item;
  if (!statutoryLimit || !promisedLimit) {
    return page(tx(item.name), <p class="note">{t('此事项已取消。', 'This matter has ended.')}{item.insteadOf ? ` ${tx(item.insteadOf)}` : ''}</p>);
  }
  const [halls, { preview, notFor }, due, form] = await Promise.all([
    must(api.GET('/v1/halls')),
    session.person() ? previewOf(item) : { preview: null, notFor: undefined },
    must(api.POST('/v1/clock/simulate', { body: { start: new Date().toISOString(), limit: promisedLimit, ...(promisedLimit.unit === 'hall-hours' && { hall: item.halls[0] }) } })),
    must(api.GET('/v1/catalogue/items/{code}/form', { params: { path: { code } } })).catch(nothingWhenRefused),
  ]);
  const isHere = canApply(item, form !== null) && !notFor;
  return page(
    tx(item.name),
    <p class="quiet">{department(item.department)}{item.parent.code === item.code ? '' : ` · ${tx(item.parent.name)}`}</p>,
    <div class="limits">
      <p><span>{t('承诺时限', 'Promised')}</span><strong>{item.handling === 'immediate' ? t('当场办结', 'At once') : limit(promisedLimit)}</strong></p>
      <p><span>{t('法定时限', 'By law')}</span><strong>{limit(statutoryLimit)}</strong></p>
      <p><span>{t('费用', 'Fee')}</span><strong>{money(item.feeYuan)}</strong></p>
    </div>,
    item.handling === 'immediate' ? null : <p>{t(`今天受理的，最迟 ${day(due.dueOn)} 办结。`, `If it is accepted today, it is done by ${day(due.dueOn)}.`)}</p>,
    <div class="actions">
      {isHere ? <a class="button" href={to(['apply', item.code])}>{t('在线申办', 'Apply')}</a> : null}
      {item.confidential ? null : <a class={isHere ? 'button second' : 'button'} href={to(['book', item.code])}>{t('预约到大厅办理', 'Book a visit')}</a>}
    </div>,
    notFor ? <p class="note">{refusalWords(notFor)}</p> : null,
    item.confidential ? <p class="note">{t('此事项不在网上办理，也不预约，请直接到承办部门办理。', 'This is handled neither here nor by appointment: go to the department itself.')}</p> : null,
    materials(item, preview),
    item.conditions.length > 0 ? <section><h2>{t('受理条件', 'Conditions')}</h2><ul>{item.conditions.map((text) => <li>{tx(text)}</li>)}</ul></section> : null,
    item.procedure.steps.length > 1
      ? <section><h2>{t('办理环节', 'Steps')}</h2><ol class="steps">{item.procedure.steps.map((step) => <li><strong>{tx(step.name)}</strong> <span class="quiet">{department(step.department)} · {limit(step.limit)}</span></li>)}</ol></section>
      : null,
    <section>
      <h2>{t('其他', 'More')}</h2>
      {facts([
        [t('申请人', 'Who applies'), item.applicants.map(applicantKind).join(t('、', ', '))],
        [t('办理大厅', 'Halls'), item.halls.map((hall) => halls.items.find(({ code: of }) => of === hall)?.name ?? hall).join(t('、', ', '))],
        [t('办理结果', 'Result'), item.procedure.steps.map((step) => step.issues ? tx(step.issues.name) : '').filter(Boolean).join(t('、', ', '))],
        [t('决定机关', 'Decided by'), department(item.decidedBy)],
        [t('事项编码', 'Code'), <code>{item.code}</code>],
      ])}
      <details><summary>{t('法律依据', 'Legal basis')}</summary><ul lang="zh-CN">{item.legalBasis.map((basis) => <li>{basis}</li>)}</ul></details>
    </section>,
  );
}

function materials(item: Schema['Item'], preview: Schema['ItemPreview'] | null): HTMLElement {
  const isProved = (code: string): boolean => preview?.proved.some((material) => material.code === code) ?? false;
  return (
    <section>
      <h2>{t('需要的材料', 'What to hand in')}</h2>
      {item.materials.length === 0 ? <p>{t('不需要材料。', 'Nothing.')}</p> : (
        <ul class="plain">{item.materials.map((material) => (
          <li>
            {tx(material.name)}
            <span class="quiet"> {[
              material.required ? '' : t('选交', 'if it applies'),
              material.neededBy === 'step' ? t('办理到需要它的环节时再提交', 'later, when the step that needs it is to begin') : '',
              material.deferrable ? t('可容缺后补', 'may follow later') : '',
              material.provedBy ? (isProved(material.code) ? t('您已有电子证照，无需提交', 'proved by a licence you hold') : t('已有电子证照的无需提交', 'not needed if a licence here proves it')) : '',
            ].filter(Boolean).map((text) => `· ${text}`).join(' ')}</span>
          </li>
        ))}</ul>
      )}
      {session.person() ? null : <p class="hint">{t('登录后可以看到您已有哪些电子证照可以代替材料。', 'Signed in, you see which of them your licences prove already.')}</p>}
    </section>
  );
}

