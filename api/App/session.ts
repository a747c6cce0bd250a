// Who is signed in: authorization code with PKCE (RFC 7636), as the platform's public client. Tokens live in this tab's memory and nowhere
// else; a page that is loaded again asks the identity server, which knows its own session, without a question to the person.
type Settings = { client?: string; authorizationEndpoint?: string; tokenEndpoint?: string; endSessionEndpoint?: string; revocationEndpoint?: string };
type Tokens = { access: string; refresh: string; id: string; endsAt: number };
export type Person = { subject: string; name: string };

const redirect = `${location.origin}/app`;
const scopes = 'openid profile offline_access cases:submit cases:read licences:read appointments:book tickets:take complaints:file reviews:write notifications:read files:write';
// Not personal: that somebody signed in on this device, and, for as long as it takes, what the answer of the identity server belongs to.
const marker = 'onedoor.signed-in';
const pending = 'onedoor.sign-in';
// Not personal either: that somebody signed out here of whom the identity server goes on knowing, for it could not be told.
const unended = 'onedoor.unended';
// Whose drafts this tab holds.
const drafter = 'onedoor.drafter';
// Milliseconds until who does not answer counts as out of reach: how to sign in, before anything is shown, and tokens.
const patience = { settings: 4_000, tokens: 10_000 };
const tabs = new BroadcastChannel('onedoor.session');

let settings: Settings = {};
let tokens: Tokens | null = null;
let refreshing: Promise<void> | null = null;
// Ends who waits for a token when somebody signs out. What is under way is let go on, so that what comes of it is given back.
let leaving = new AbortController();
// Counts the sign-outs: what was asked for before one is answered to nobody.
let ends = 0;

/** The session is over: the person has to sign in again. */
export class Ended extends Error {}

export const canSignIn = (): boolean => Boolean(settings.authorizationEndpoint);
export const wasSignedIn = (): boolean => localStorage.getItem(marker) !== null;

export function person(): Person | null {
  if (!tokens) return null;
  const { sub, name } = claimsOf(tokens.id) as { sub: string; name: string };
  return { subject: sub, name };
}

/** Whose this tab is from now on: what somebody else has begun to write in it, and did not end by signing out, is nobody's. */
export function takeTab({ subject }: Person): void {
  if (sessionStorage.getItem(drafter) !== subject) sessionStorage.clear();
  sessionStorage.setItem(drafter, subject);
}

/** Whether the tab is somebody's: it is until they sign out, also when their session has run out. */
export const holdsTab = (): boolean => sessionStorage.getItem(drafter) !== null;

/** An access token that is good for a while yet; null when nobody is signed in. */
export async function token(): Promise<string | null> {
  if (tokens && tokens.endsAt - Date.now() < 30_000) await (refreshing ??= Promise.race([refresh(), left(leaving.signal)]).finally(() => { refreshing = null; }));
  return tokens?.access ?? null;
}

const left = (signal: AbortSignal): Promise<never> => new Promise((_, fail) => { signal.addEventListener('abort', () => fail(new Ended())); });

/** Nobody is signed in any more, and nobody goes on waiting for a token. */
function leave(): void {
  ends++;
  tokens = null;
  leaving.abort();
  leaving = new AbortController();
}

/** The platform did not take the token. */
export function expire(): void {
  if (tokens) tokens.endsAt = 0;
}

export const onEndedElsewhere = (listener: () => void): void => {
  tabs.onmessage = () => {
    leave();
    sessionStorage.clear();
    listener();
  };
};

/**
 * Learns from the platform how to sign in, where it is not known yet: the app may have started without a connection.
 * @returns Whether that is news.
 */
export async function discover(): Promise<boolean> {
  if (canSignIn()) return false;
  settings = await fetch('/app/settings.json', { signal: AbortSignal.timeout(patience.settings) }).then((answer) => answer.json() as Promise<Settings>).catch(() => ({}));
  return canSignIn();
}

/** What the identity server says where nobody is signed in there, or nobody who lets this app act for them (OpenID Connect Core, 3.1.2.6); all else passes. */
const nobody = ['login_required', 'consent_required', 'interaction_required', 'account_selection_required', 'access_denied'];

/** What came of asking the identity server, once it has sent the browser back to where the app was: that nobody is signed in, or why it failed; null when this is no such answer. */
export async function begin(): Promise<{ nobody?: true; failed?: string } | null> {
  await discover();
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state')) return null;
  const { verifier, state, place } = JSON.parse(sessionStorage.getItem(pending) ?? '{}') as Record<string, string>;
  sessionStorage.removeItem(pending);
  history.replaceState(null, '', `/app${place ?? ''}`);
  if (answer.get('state') !== state) return { failed: 'state' };
  const error = answer.get('error');
  if (error && nobody.includes(error)) {
    localStorage.removeItem(marker);
    return { nobody: true };
  }
  if (error) return { failed: answer.get('error_description') ?? error };
  try {
    await exchange({ grant_type: 'authorization_code', code: answer.get('code')!, redirect_uri: redirect, code_verifier: verifier! });
    localStorage.setItem(marker, 'yes');
    localStorage.removeItem(unended);
    return {};
  } catch (failure) {
    return { failed: (failure as Error).message };
  }
}

/** Whether the identity server can be reached, which is better known before the browser leaves for it. */
const isThere = (): Promise<boolean> => fetch(new URL('/.well-known/openid-configuration', settings.authorizationEndpoint), { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(patience.settings) }).then(() => true, () => false);

/** Whether somebody has signed out here of whom the identity server could not be told: it is asked for a password the next time. */
export const isHalfEnded = (): boolean => localStorage.getItem(unended) !== null;

/**
 * Leaves for the identity server. Silently, it comes back at once whether somebody is known there or not.
 * @returns Whether the browser leaves: not where nobody answers there.
 */
export async function signIn({ silently = false } = {}): Promise<boolean> {
  if (!await isThere()) return false;
  const [verifier, state] = [random(), random()];
  sessionStorage.setItem(pending, JSON.stringify({ verifier, state, place: location.hash }));
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  location.replace(`${settings.authorizationEndpoint}?${new URLSearchParams({
    client_id: settings.client!, response_type: 'code', redirect_uri: redirect, scope: scopes, state, code_challenge: challenge, code_challenge_method: 'S256',
    ui_locales: document.documentElement.lang, ...(silently ? { prompt: 'none' } : isHalfEnded() ? { prompt: 'login' } : {}),
  })}`);
  return true;
}

/** Ends the session here, in the other tabs and at the identity server. What the app has kept is forgotten when nobody keeps anything any more. */
export async function signOut(forget: () => Promise<void>): Promise<void> {
  const ended = tokens;
  leave();
  localStorage.removeItem(marker);
  sessionStorage.clear();
  tabs.postMessage('ended');
  await forget().catch(reportError);
  // Without a token the identity server cannot be told whose session it is that ends.
  if (!ended || !settings.endSessionEndpoint || !await isThere()) {
    localStorage.setItem(unended, 'yes');
    return;
  }
  await revoke(ended.refresh);
  location.replace(`${settings.endSessionEndpoint}?${new URLSearchParams({ id_token_hint: ended.id, client_id: settings.client!, post_logout_redirect_uri: redirect })}`);
}

/** The answer is for no page to read, and none is needed. */
async function revoke(refreshToken: string): Promise<void> {
  if (!settings.revocationEndpoint) return;
  await fetch(settings.revocationEndpoint, {
    method: 'POST', mode: 'no-cors', credentials: 'omit', keepalive: true, body: new URLSearchParams({ token: refreshToken, client_id: settings.client! }), signal: AbortSignal.timeout(patience.settings),
  }).catch(() => undefined);
}

async function refresh(): Promise<void> {
  const [grant, asked] = [{ grant_type: 'refresh_token', refresh_token: tokens!.refresh }, ends];
  try {
    // An answer that is lost is asked for again at once: later the token counts as stolen.
    await exchange(grant, asked).catch((failure: unknown) => { if (asked === ends && (failure instanceof TypeError || failure instanceof DOMException)) return exchange(grant, asked); throw failure; });
  } catch (failure) {
    if (failure instanceof Ended) tokens = null;
    throw failure;
  }
}

/**
 * Every refresh token is good once: what comes back takes its place.
 * @throws Ended Of what is not good any more. That the identity server is busy, faulty or out of reach passes, and is another error.
 */
async function exchange(grant: Record<string, string>, asked = ends): Promise<void> {
  const response = await fetch(settings.tokenEndpoint!, {
    method: 'POST', credentials: 'omit', body: new URLSearchParams({ ...grant, client_id: settings.client! }), signal: AbortSignal.timeout(patience.tokens),
  });
  const body = await response.json() as { access_token: string; refresh_token: string; id_token: string; expires_in: number; error?: string; error_description?: string };
  if (body.error === 'invalid_grant' || body.error === 'invalid_client') throw new Ended(body.error_description ?? body.error);
  if (!response.ok) throw new Error(body.error_description ?? body.error);
  if (asked !== ends) {
    await revoke(body.refresh_token);
    throw new Ended();
  }
  tokens = { access: body.access_token, refresh: body.refresh_token, id: body.id_token, endsAt: Date.now() + body.expires_in * 1000 };
}

const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** What a token says, unverified: for the person's eyes only. */
function claimsOf(jwt: string): Record<string, unknown> {
  const payload = jwt.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0)))) as Record<string, unknown>;
}
