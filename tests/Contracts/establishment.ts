// The README's sequence as a program would be written that has nothing but the contract: every path, parameter, body and
// answer is checked by types made of openapi.yaml.
import createClient from 'openapi-fetch';
import type { components, paths } from 'onedoor';

type Case = components['schemas']['CaseView'];
type Seen = { data?: Case; error?: components['schemas']['Problem']; response: Response };

export async function establish(api: string, token: (department: string) => Promise<string>): Promise<string[]> {
  const told: string[] = [];
  const as = async (department: string) =>
    createClient<paths>({ baseUrl: api, headers: { Authorization: `Bearer ${await token(department)}`, 'Accept-Language': 'en' } });
  // A generated client knows the answer's type, and its entity tag by the header.
  const kept = (seen: Seen): { data: Case; tag: string } => {
    if (seen.data === undefined) throw new Error(`${seen.response.status} ${JSON.stringify(seen.error)}`);
    return { data: seen.data, tag: seen.response.headers.get('etag') ?? '' };
  };

  const market = await as('market-regulation');
  const { data: declaration } = await market.GET('/v1/declaration');
  const { data: example } = await market.GET('/v1/catalogue/items/{code}/example', { params: { path: { code: 'ESTABLISHMENT' } } });
  const submitted = await market.POST('/v1/cases', {
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: {
      item: 'ESTABLISHMENT', channel: 'agency', hall: 'airport',
      applicant: {
        kind: 'founders', name: '天津海河贸易有限公司', representative: 0, subject: { name: '天津海河贸易有限公司', kind: 'company' },
        founders: [{ kind: 'person', name: '陈建国', citizenId: '11010519491231002X' }, { kind: 'legal-entity', name: '天津津门投资有限公司', uscc: '91120118MA06WRRW42' }],
      },
      declaration: { digest: declaration?.digest ?? '', signatory: '陈建国' },
      form: example?.form, contact: { phone: '13900000000' },
      materials: ['registration-application', 'articles-of-association', 'premises-proof', 'identity-proof', 'seal-request']
        .map(code => ({ code, name: `${code}.pdf`, digest: `sha-256:${'0'.repeat(64)}` })),
    },
  });
  let { data: seen, tag } = kept(submitted);
  told.push(seen.status);
  const path = { id: seen.id };

  const stale = await market.POST('/v1/cases/{id}/acceptance', { params: { path, header: { 'If-Match': '"7"' } } });
  told.push(stale.error?.code ?? 'nothing');
  ({ data: seen, tag } = kept(await market.POST('/v1/cases/{id}/acceptance', { params: { path, header: { 'If-Match': tag } } })));
  told.push(seen.status);

  for (const [department, step] of [['market-regulation', 'licence'], ['public-security', 'seals'], ['tax', 'invoices'],
    ['social-security', 'social-security-registration'], ['medical-insurance', 'medical-insurance-registration'],
    ['housing-fund', 'housing-fund-registration'], ['service-office', 'bank-appointment']] as const) {
    const client = await as(department);
    let [isListed, after]: [boolean, string | undefined] = [false, undefined];
    do {
      const tasks: { data?: { items: { case: { id: string }, step: string }[], next?: string | null } } =
        await client.GET('/v1/tasks', { params: { query: { status: 'open', first: 100, ...(after ? { after } : {}) } } });
      isListed = tasks.data?.items.some(task => task.case.id === seen.id && task.step === step) ?? false;
      after = tasks.data?.next ? decodeURIComponent(tasks.data.next.split('after=')[1]!) : undefined;
    } while (!isListed && after);
    if (!isListed) throw new Error(`${department} has no task`);
    ({ tag } = kept(await client.GET('/v1/cases/{id}', { params: { path } })));
    ({ data: seen } = kept(await client.POST('/v1/cases/{id}/steps/{step}/decision', {
      params: { path: { ...path, step }, header: { 'If-Match': tag } }, body: { outcome: 'granted', ...(step === 'licence' ? { uscc: '91120118MA06WRRX2W' } : {}) },
    })));
  }

  const whole = kept(await market.GET('/v1/cases/{id}', { params: { path } }));
  told.push(whole.data.status);
  const again = await market.GET('/v1/cases/{id}', { params: { path, header: { 'If-None-Match': whole.tag } }, parseAs: 'stream' });
  told.push(String(again.response.status));
  const history = await market.GET('/v1/cases/{id}/history', { params: { path } });
  told.push(history.data?.items.at(-1)?.type ?? 'nothing');
  const clock = await market.GET('/v1/cases/{id}/clock', { params: { path } });
  told.push(clock.data?.actual?.unit ?? 'nothing');
  const list = await market.GET('/v1/cases', { params: { query: { status: ['granted'], first: 1, count: true, department: 'tax' } } });
  told.push(typeof list.data?.total);
  return told;
}
