// Answering a correction notice: what it names is handed in anew or mended, and nothing else. What a step waits for is handed in here, too.
import { h } from '../jsx';
import { answer, api, command, must, type Schema } from '../api';
import { drop, keep, written, type Draft } from '../application';
import { Members, wrongs } from '../forms/fields';
import { MaterialFields } from '../forms/materials';
import type { FormSchema } from '../forms/schema';
import { t } from '../look';
import { Chinese, page, Sheet, type Page } from '../parts';
import { go, type Place } from '../place';
import { day, tx } from '../words';

export async function supplyPage({ path }: Place): Promise<Page> {
  const id = path[1]!;
  const { data: of, tag } = await answer(api.GET('/v1/cases/{id}', { params: { path: { id } } }));
  const notice = of.status === 'correction-requested' ? of.correctionNotices.at(-1) : undefined;
  const owed = of.deferred.map(({ code }) => code);
  const awaited = [...of.steps.flatMap(({ awaits }) => awaits), ...owed];
  if (!notice && awaited.length === 0) return page(t('提交材料', 'Hand in'), <p>{t('现在没有需要提交的内容。', 'Nothing is missing now.')}</p>);
  const [lines, supplied] = [notice?.lines ?? [], notice?.supplied ?? []];
  const { code, version } = of.item;
  const { item } = await must(api.GET('/v1/catalogue/items/{code}', { params: { path: { code }, query: { version } } }));
  const named = [...new Set(lines.map((line) => line.field?.replace(/^\/form\//, '').split('/')[0]).filter((name) => name !== undefined && name !== null))];
  const form = named.length > 0 ? await must(api.GET('/v1/catalogue/items/{code}/form', { params: { path: { code }, query: { version } } })) as unknown as FormSchema : null;
  const name = `supply ${id} ${of.correctionNotices.length}`;
  const draft = written<Pick<Draft, 'form' | 'materials'>>(name) ?? { form: of.form, materials: [] };

  const ask = (): void => {
    const all = { ...(of.form as object | undefined), ...fields?.value() };
    fields?.ask(all, all);
    fields?.stand('/form');
    materials.stand('/materials');
  };
  const changed = (): void => {
    ask();
    keep(name, { form: fields?.value(), materials: materials.value() });
  };
  const fields = form && new Members(form, { form, changed }, named);
  const materials = new MaterialFields(item.materials.filter(({ code: of }) => awaited.includes(of) || lines.some((line) => line.material === of) && !supplied.includes(of)), ({ code: of }) => !owed.includes(of), draft.materials, changed);
  fields?.fill(draft.form);
  ask();
  const about = (line: Schema['CorrectionLine']): string => {
    const name = item.materials.find(({ code }) => code === line.material)?.name ?? form?.properties?.[line.field?.replace(/^\/form\//, '').split('/')[0] ?? '']?.['x-onedoor'].label;
    return name ? tx(name) : '';
  };
  return page(
    notice ? t('补正', 'Correct your application') : t('提交材料', 'Hand in'),
    <p><strong>{of.item.name}</strong></p>,
    notice?.answerBy ? <p>{t(`请在 ${day(notice.answerBy)}前（含当日）补正。`, `Hand it in by ${day(notice.answerBy)}.`)}</p> : null,
    lines.length > 0 ? <h2>{t('需要补正的问题', 'What is missing or not right')}</h2> : null,
    <ul>{lines.map((line) => <li>{about(line) ? <strong>{about(line)}{t('：', ': ')}</strong> : null}<Chinese>{line.text}</Chinese></li>)}</ul>,
    <Sheet
      label={notice ? t('提交补正', 'Submit the correction') : t('提交材料', 'Hand in the materials')}
      wrongs={() => {
        const wrong = [...(fields ? wrongs(fields) : []), ...materials.wrongs()];
        return wrong.length > 0 || fields || materials.value().length > 0 ? wrong : [{ element: materials.element.querySelector<HTMLElement>('.field')!, words: t('请拍照或选择文件。', 'Take a photograph or choose a file.') }];
      }}
      submit={async (key) => {
        // What is left out stays as it was: an answer that is not given any more is taken back.
        const before = Object.keys(of.form ?? {}).filter((field) => named.includes(field)).map((field) => [field, null]);
        const body = { materials: materials.value(), ...(fields && { form: { ...Object.fromEntries(before), ...fields.value() } }) } as unknown as Schema['SupplyMaterialsRequest'];
        await must(api.POST('/v1/cases/{id}/materials', { params: { path: { id }, ...command(tag, key(body)) }, body }));
        drop(name);
        go(['cases', id]);
      }}>
      {fields?.element}
      {materials.isEmpty ? null : materials.element}
    </Sheet>,
  );
}
