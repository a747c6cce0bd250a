// Whose token goes with requests: of who signed in (authorization code with PKCE, RFC 7636, as the public client
// `playground`), or one that was pasted. It stays in this tab.
const kept = 'onedoor.playground';
const scopes = 'openid profile cases:submit cases:read cases:handle';

const read = () => JSON.parse(sessionStorage.getItem(kept) ?? '{}');
const write = (value) => sessionStorage.setItem(kept, JSON.stringify(value));
const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const redirect = () => `${location.origin}/playground`;

/** What a JWT says, unverified: for the reader's eyes only. */
function claimsOf(jwt) {
  const payload = jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0))));
}

/** The access token and what to call its bearer; expired once it is known to be no good any more; null without one. */
export function session() {
  const { accessToken, name, scope, expiresAt, expired } = read();
  return accessToken ? { accessToken, name, scope, expiresAt, expired: expired || expiresAt <= Date.now() } : null;
}

/** The server has said so. */
export function expire(accessToken) {
  if (read().accessToken === accessToken) write({ ...read(), expired: true });
}

/** Takes an access token as it is; false when it is none. */
export function useToken(text) {
  const accessToken = text.trim().replace(/^bearer\s+/i, '');
  try {
    const { client_id: client, department, scope } = claimsOf(accessToken);
    write({ accessToken, name: department ? `${client} (${department})` : client, scope });
    return true;
  } catch {
    return false;
  }
}

export async function signIn(settings) {
  const [verifier, state] = [random(), random()];
  write({ verifier, state });
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  location.assign(`${settings.authorizationEndpoint}?${new URLSearchParams({
    client_id: 'playground', response_type: 'code', redirect_uri: redirect(), scope: scopes, state,
    code_challenge: challenge, code_challenge_method: 'S256',
  })}`);
}

/** Exchanges the code with which the identity server sent the browser back. */
export async function finishSignIn(settings) {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state')) return;
  history.replaceState(null, '', '/playground');
  const { verifier, state } = read();
  if (answer.get('state') !== state) throw new Error('the answer belongs to another sign-in');
  if (answer.has('error')) throw new Error(answer.get('error_description') ?? answer.get('error'));
  const response = await fetch(settings.tokenEndpoint, {
    method: 'POST',
    credentials: 'omit',
    body: new URLSearchParams({
      grant_type: 'authorization_code', client_id: 'playground', code: answer.get('code'), redirect_uri: redirect(), code_verifier: verifier,
    }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error_description ?? body.error);
  const { scope } = claimsOf(body.access_token);
  const { name } = claimsOf(body.id_token);
  write({ accessToken: body.access_token, idToken: body.id_token, name, scope, expiresAt: Date.now() + body.expires_in * 1000 });
}

let isLeft = false;

const typedNames = () => Object.keys(localStorage).filter((name) => name.startsWith('graphiql:'));

/** Where GraphiQL keeps what is typed in its tabs. It writes a moment after a change, and so while the browser leaves: of who has signed out nothing is written any more. */
export const typed = {
  getItem: (name) => localStorage.getItem(name),
  setItem(name, value) {
    if (!isLeft) localStorage.setItem(name, value);
  },
  removeItem: (name) => localStorage.removeItem(name),
  clear() {
    for (const name of typedNames()) localStorage.removeItem(name);
  },
  get length() {
    return typedNames().length;
  },
};

/** Forgets the token and what was typed, and ends the session at the identity server, so that somebody else can sign in. */
export function signOut(settings) {
  const { idToken } = read();
  sessionStorage.removeItem(kept);
  isLeft = true;
  typed.clear();
  location.assign(idToken && settings.endSessionEndpoint
    ? `${settings.endSessionEndpoint}?${new URLSearchParams({ id_token_hint: idToken, client_id: 'playground', post_logout_redirect_uri: redirect() })}`
    : '/playground');
}
