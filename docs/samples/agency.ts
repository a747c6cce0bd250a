// What every agency's system does, whatever its matter is: it listens, believes only what is signed, works off what is its own, and
// asks the feed for what it has missed. The types come from openapi.yaml: a request that the contract does not know does not compile.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import createClient, { type Client } from 'openapi-fetch';
import { Webhook } from 'standardwebhooks';
import { Agent, setGlobalDispatcher } from 'undici';
import type { components, paths } from './onedoor.js';

export type Case = components['schemas']['CaseView'];
export type Step = Case['steps'][number];
export type Decision = components['schemas']['DecideStepRequest'];
type Told = components['schemas']['CloudEvent'] & { webhooksequence?: string; webhookprevious?: string | null };

/** What is the agency's own: which of its steps it decides, and how. Null leaves it to a person. */
export interface Agency {
  department: string;
  /** The port of this machine at which deliveries are received, unless ADDRESS says otherwise. */
  port: number;
  decide(seen: Case, step: Step): Promise<Decision | null>;
}

const API = process.env['API'] ?? 'http://localhost:5080';
const IDENTITY = process.env['IDENTITY'] ?? 'http://localhost:5081';
const CERTIFICATE = process.env['CLIENT_CERT'];
const SECRET = process.env['CLIENT_SECRET'] ?? 'sandbox-secret';
const STATE = process.env['STATE'] ?? '.state';

// Outside the sandbox an agency is known by its certificate, and its tokens are good with that alone: it is shown at both servers.
if (CERTIFICATE !== undefined)
  setGlobalDispatcher(new Agent({ connect: { cert: readFileSync(CERTIFICATE), key: readFileSync(process.env['CLIENT_KEY'] ?? CERTIFICATE) } }));

/** What has to outlive the process: the secret of the webhook, and how far the feed has been worked off. */
interface Kept { webhook?: string; secret?: string; cursor?: string }

export async function run(agency: Agency): Promise<void> {
  const address = new URL(process.env['ADDRESS'] ?? `http://127.0.0.1:${agency.port}/onedoor`);
  mkdirSync(STATE, { recursive: true });
  const file = join(STATE, `${agency.department}.json`);
  const kept: Kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  // Written beside and moved, so that a crash leaves the old file or the new one.
  const keep = () => {
    writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const client = createClient<paths>({ baseUrl: API });
  client.use({
    async onRequest({ request }) {
      request.headers.set('Authorization', `Bearer ${await token(agency.department)}`);
      return request;
    },
  });

  // One thing after the other: two decisions about one case would only get in each other's way.
  let work: Promise<void> = Promise.resolve();
  const then = (next: () => Promise<void>) => (work = work.then(next).catch(error => {
    // What could not be worked off now is found again: the cursor has not moved.
    console.error(String(error));
    setTimeout(() => void reconcile(), 5000);
  }));
  const reconcile = (): Promise<void> => then(async () => {
    for await (const [subjects, cursor] of missed(client, kept.cursor)) {
      for (const subject of subjects)
        await workOff(agency, client, subject);
      kept.cursor = cursor;
      keep();
    }
  });

  let last: string | null = null;
  const heard = (told: Told) => {
    // Deliveries may overtake each other. What has not come by the one before is on its way, or withdrawn; the feed says so at once.
    if (last !== null && told.webhookprevious !== last)
      void reconcile();
    last = told.id;
    void then(() => workOff(agency, client, told.subject));
  };
  createServer((request, response) => void receive(request, response, () => kept.secret, heard)).listen(Number(address.port), address.hostname);
  if (kept.webhook === undefined || (await client.GET('/v1/webhooks/{id}', { params: { path: { id: kept.webhook } } })).response.status === 404) {
    const { data, error } = await client.POST('/v1/webhooks', { body: { url: address.href, types: ['onedoor.case.*'], description: `Sample of ${agency.department}` } });
    if (data?.secret == null)
      throw new Error(`no webhook: ${error?.code}`);
    [kept.webhook, kept.secret] = [data.id, data.secret];
    keep();
  }
  // What happened while nobody listened.
  await reconcile();
  console.log(`${agency.department} listens at ${address.href}`);
}

/** Answers at once and works later: what a crash takes away in between, the feed brings back. */
async function receive(request: IncomingMessage, response: ServerResponse, secret: () => string | undefined, heard: (told: Told) => void): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request)
    pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces).toString('utf8');
  try {
    const key = secret();
    // The challenge may come before the answer that tells the secret has been read: it is tried again.
    if (key === undefined)
      return void response.writeHead(503).end();
    const told = new Webhook(key).verify(body, request.headers as Record<string, string>) as Told & { data: { challenge?: string } };
    if (told.type === 'onedoor.webhook.challenge')
      return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ challenge: told.data.challenge }));
    response.writeHead(204).end();
    if (told.type.startsWith('onedoor.case.'))
      heard(told);
  } catch (unsigned) {
    response.writeHead(400).end(String(unsigned));
  }
}

/** The cases about which the feed has something new, page by page, each with the cursor that comes after it. */
async function* missed(client: Client<paths>, after: string | undefined): AsyncGenerator<[string[], string]> {
  while (true) {
    const { data, error } = await client.GET('/v1/events', { params: { query: { types: ['onedoor.case.*'], first: 1000, ...(after === undefined ? {} : { after }) } } });
    // The other form of the same answer is a stream of server-sent events, which nobody has asked for.
    const page = data as components['schemas']['EventPage'] | undefined;
    if (page === undefined)
      throw new Error(`no events: ${error?.code}`);
    yield [[...new Set(page.items.map(told => told.subject))], page.next];
    // At its end the feed answers with the cursor that was sent.
    if (page.next === after)
      return;
    after = page.next;
  }
}

/** Whatever is told, the case itself says what is to be done: to be told twice, or late, does no harm. */
async function workOff(agency: Agency, client: Client<paths>, subject: string): Promise<void> {
  const path = { id: subject.split('/').at(-1)! };
  while (true) {
    const { data: seen, response } = await client.GET('/v1/cases/{id}', { params: { path } });
    // What one was told of may not be one's own any more.
    if (response.status === 404)
      return;
    if (seen === undefined)
      throw new Error(`${subject}: ${response.status}`);
    const step = seen.steps.find(s => s.department === agency.department && s.status === 'open');
    const decision = step === undefined ? null : await agency.decide(seen, step);
    if (step === undefined || decision === null)
      return;
    const decided = await client.POST('/v1/cases/{id}/steps/{step}/decision', {
      params: { path: { ...path, step: step.code }, header: { 'If-Match': response.headers.get('etag') ?? '' } }, body: decision,
    });
    // Somebody else was at it in the meantime: it is looked at anew.
    if (decided.response.status === 412)
      continue;
    if (decided.response.status === 429 || decided.response.status >= 500)
      throw new Error(`${subject}: ${decided.response.status}`);
    // Any other refusal is for people.
    console.log(`${seen.number} ${step.code}: ${decided.error?.code ?? decision.outcome}`);
    if (decided.error !== undefined)
      return;
  }
}

const tokens = new Map<string, { value: string; until: number }>();

async function token(department: string): Promise<string> {
  const known = tokens.get(department);
  if (known !== undefined && Date.now() < known.until)
    return known.value;
  const id = process.env['CLIENT_ID'] ?? `sandbox-${department}`;
  const answer = await fetch(`${IDENTITY}/connect/token`, {
    method: 'POST',
    headers: CERTIFICATE === undefined ? { Authorization: `Basic ${Buffer.from(`${id}:${SECRET}`).toString('base64')}` } : {},
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, scope: 'cases:read cases:handle events:read webhooks:manage' }),
  });
  if (!answer.ok)
    throw new Error(`no token: ${answer.status} ${await answer.text()}`);
  const { access_token, expires_in } = (await answer.json()) as { access_token: string; expires_in: number };
  tokens.set(department, { value: access_token, until: Date.now() + (expires_in - 30) * 1000 });
  return access_token;
}
