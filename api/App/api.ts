// The platform, as openapi.yaml describes it. What it refuses, and that it cannot be reached, are two things a page treats differently.
import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './contract';
import { look } from './look';
import * as session from './session';

export type Schema = components['schemas'];
export type Problem = Schema['Problem'];

/** The platform said no, and why. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/** Nobody answered, or not in time: what was asked may have happened or not, and is repeated with the same key. */
export class Unreachable extends Error {}

const speaks: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', look().language);
  },
};

const identifies: Middleware = {
  async onRequest({ request }) {
    const token = await session.token();
    if (token) request.headers.set('Authorization', `Bearer ${token}`);
  },
};

// A connection that stands still says nothing for minutes; whoever waits is told sooner, and sees what was last seen. A file takes its time.
const patience = { reading: 10_000, all: 30_000 };

const ends: Middleware = {
  onRequest({ request, options: { parseAs } }) {
    if (parseAs === 'stream' || parseAs === 'blob') return undefined;
    return new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(request.method === 'GET' ? patience.reading : patience.all)]) });
  },
};

/** Asks as the person signed in, if somebody is. */
export const api = createClient<paths>({ baseUrl: location.origin });
api.use(speaks, identifies, ends);

/** Asks as nobody: whatever is said this way is said without a token. */
export const anybody = createClient<paths>({ baseUrl: location.origin, credentials: 'omit' });
anybody.use(speaks, ends);

type Answer<Data> = { data?: Data; error?: unknown; response: Response };

/** The answer, with the tag that a change of it has to name. */
export async function answer<Data>(asked: Promise<Answer<Data>>): Promise<{ data: Data; tag: string }> {
  let given: Answer<Data>;
  try {
    given = await asked;
  } catch (error) {
    if (error instanceof session.Ended) throw error;
    throw new Unreachable();
  }
  const { data, error, response } = given;
  if (response.ok) return { data: data as Data, tag: response.headers.get('ETag') ?? '' };
  const problem = error as Partial<Problem> | undefined;
  if (!problem?.code || response.status === 503) throw new Unreachable();
  if (response.status === 401) session.expire();
  throw new Refused(problem as Problem);
}

/** The answer alone. */
export const must = async <Data>(asked: Promise<Answer<Data>>): Promise<Data> => (await answer(asked)).data;

/** Headers of a command: the version it saw, and the key under which it happens once however often it is sent. */
export const command = (tag: string, key: string) => ({ header: { 'If-Match': tag, 'Idempotency-Key': key } });

export const newKey = (): string => crypto.randomUUID();

/** Keys of what is done on a page: the same again is sent under the same key, and happens once, however often it is pressed. */
export function attempts(): (what: unknown) => string {
  const keys = new Map<string, string>();
  return (what) => {
    const text = JSON.stringify(what);
    const key = keys.get(text) ?? newKey();
    keys.set(text, key);
    return key;
  };
}
