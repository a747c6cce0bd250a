// A batch of applications while its lines become cases: how far it is, and what is to be mended of it.
import { h } from '../jsx';
import { api, must, Refused, type Schema } from '../api';
import { Action, facts, more, page, save, wordsFor, type Page } from '../parts';
import { t } from '../look';
import { to, type Place } from '../place';
import { nothingWhenRefused } from '../preview';
import { Ended } from '../session';
import { batchStatus, dated, day, moment, s, tx } from '../words';

type Batch = Schema['BatchView'];

const csv = 'text/csv';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
// After so long it is asked again how far it is, when nobody tells.
const again = 3_000;

const list = (query: { after?: string } = {}) => must(api.GET('/v1/batches', { params: { query: { first: 20, ...query } } }));

export async function batchesPage(): Promise<Page> {
  const { items, next } = await list();
  const rows = <ul class="rows">{items.map(row)}</ul>;
  return page(
    t('批量录入', 'Batches'),
    items.length === 0 ? <p>{t('没有批量录入。用人单位为多名职工办理时，可以用一个文件报送，一人一行。', 'There are none. An employer applies for many workers by one file, a worker in each line.')}</p> : rows,
    more(next, (after) => list({ after }), (further) => rows.append(...further.map(row))),
  );
}

const row = (of: Batch): HTMLElement => (
  <li><a href={to(['batches', of.id])}>
    <strong>{of.employer.name}</strong>
    <span class={`state ${of.status}`}>{batchStatus(of.status)}</span>
    <span class="quiet">{of.item} · {moment(of.receivedAt)} · {t(`${of.lines} 行，有问题 ${of.failed} 行`, `${of.lines} line${s(of.lines)}, ${of.failed} bad`)}</span>
  </a></li>
);

export async function batchPage({ path }: Place, left: AbortSignal): Promise<Page> {
  const id = path[1]!;
  const batch = await must(api.GET('/v1/batches/{id}', { params: { path: { id } } }));
  const matter = await must(api.GET('/v1/catalogue/items/{code}', { params: { path: { code: batch.item } } })).catch(nothingWhenRefused);
  const state = <p role="status"></p>;
  const bar = <progress id="lines" max={batch.lines} aria-describedby="counts"></progress> as HTMLProgressElement;
  const counts = <p id="counts" class="hint"></p>;
  const toMend = <div></div>;
  const about = <section></section>;
  const show = async (now: Batch): Promise<void> => {
    state.className = `status ${now.status}`;
    if (state.textContent !== batchStatus(now.status)) state.textContent = batchStatus(now.status);
    bar.value = now.done + now.failed;
    const rest = now.lines - now.done - now.failed;
    counts.textContent = t(`共 ${now.lines} 行：已成办件 ${now.done} 行，有问题 ${now.failed} 行，剩余 ${rest} 行`, `${now.lines} line${s(now.lines)}: ${now.done} done, ${now.failed} bad, ${rest} left`);
    about.replaceChildren(facts([
      [t('申请单位', 'Employer'), now.employer.name],
      [t('事项', 'Matter'), <a href={to(['items', now.item])}>{matter ? tx(matter.item.name) : now.item}</a>],
      [t('收到', 'Received'), moment(now.receivedAt)],
      [t('开始', 'Begun'), now.startedAt ? moment(now.startedAt) : ''],
      [t('结束', 'Ended'), now.endedAt ? moment(now.endedAt) : ''],
      [t('每行用时', 'For each line'), now.secondsPerLine == null ? '' : t(`${now.secondsPerLine} 秒`, `${now.secondsPerLine} seconds`)],
    ]));
    if (now.endedAt && now.failed > 0) toMend.replaceChildren(await mending(now));
  };
  await show(batch);
  const lost = <p role="alert"></p>;
  if (!batch.endedAt) void follow(id, show, (error) => { lost.textContent = wordsFor(error); }, left);
  return page(
    t('批量录入', 'Batch'),
    state,
    <label for="lines">{t('进度', 'Progress')}</label>, bar, counts, lost,
    toMend,
    about,
  );
}

/** What was refused, and the file of it, which is sent again once it is mended. */
async function mending({ id, endedAt, fileUntil }: Batch): Promise<HTMLElement> {
  const read = (after?: string) => must(api.GET('/v1/batches/{id}/lines', { params: { path: { id }, query: { status: ['failed'], first: 20, ...after ? { after } : {} } } }));
  const { items, next } = await read();
  const list = <ul class="plain">{items.map(line)}</ul>;
  const report = (label: string, type: string, ending: string): HTMLElement => <Action label={label} kind="second" run={async () => save(
    await must(api.GET('/v1/batches/{id}/report', { params: { path: { id } }, headers: { Accept: type }, parseAs: 'blob' })) as unknown as Blob, `${id}-report.${ending}`)} />;
  return (
    <section>
      <h2>{t('需要更正的行', 'Lines to mend')}</h2>
      {endedAt && !fileUntil ? <p>{t('文件内容已按期删除。', 'What the file said is deleted by now.')}</p> : <div>
        <p>{t('请下载这些行，更正后原样再次报送。', 'Download these lines, mend them and send the file again as it is.')}{fileUntil ? t(`${day(fileUntil)}前可以下载。`, ` It can be had until ${day(fileUntil)}.`) : ''}</p>
        <div class="actions">
          {report(t('下载 Excel 文件', 'Download for Excel'), xlsx, 'xlsx')}
          {report(t('下载 CSV 文件', 'Download as CSV'), csv, 'csv')}
        </div>
      </div>}
      {list}
      {more(next, read, (further) => list.append(...further.map(line)))}
    </section>
  );
}

const line = (of: Schema['BatchLineView']): HTMLElement => (
  <li><strong>{t(`第 ${of.line} 行`, `Line ${of.line}`)}</strong>{of.problems.map((problem) => <p class="wrong">{problem.column ? <code>{problem.column}</code> : null} {dated(problem.message)}</p>)}</li>
);

/** Shows it whenever it has changed, until it has ended, the page is left, or it is not to be seen any more. A stream that is cut off is asked for again. */
async function follow(id: string, show: (now: Batch) => Promise<void>, lose: (error: unknown) => void, left: AbortSignal): Promise<void> {
  for (let ended = false; !ended && !left.aborted;) {
    try {
      // An EventSource sends no token.
      const stream = await must(api.GET('/v1/batches/{id}', { params: { path: { id } }, headers: { Accept: 'text/event-stream' }, parseAs: 'stream', signal: left })) as unknown as ReadableStream<BufferSource>;
      let rest = '';
      for (const reader = stream.pipeThrough(new TextDecoderStream()).getReader(); ;) {
        const { done, value } = await reader.read();
        if (done) break;
        const events = (rest + value).split('\n\n');
        rest = events.pop()!;
        for (const data of events.filter((event) => event.startsWith('event: batch')).map((event) => JSON.parse(event.slice(event.indexOf('data: ') + 6)) as Batch)) {
          await show(data);
          ended = data.endedAt !== null;
        }
      }
    } catch (error) {
      // What was shown last stays.
      if (error instanceof Ended || (error instanceof Refused && [403, 404].includes(error.problem.status))) return lose(error);
    }
    if (!ended) await new Promise((resolve) => { setTimeout(resolve, again); });
  }
}
