// Authorization code with PKCE (RFC 7636) as the public client `playground`. The token stays in this tab.
const kept = 'onedoor.playground';
const scopes = 'openid cases:submit cases:read cases:handle';

const read = () => JSON.parse(sessionStorage.getItem(kept) ?? '{}');
const write = (value) => sessionStorage.setItem(kept, JSON.stringify(value));
const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const redirect = () => `${location.origin}/playground`;

/** The access token, as long as it lives. */
export function token() {
  const { accessToken, expiresAt } = read();
  return accessToken && expiresAt > Date.now() ? accessToken : null;
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

export async function finishSignIn() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state')) return;
  history.replaceState(null, '', '/playground');
  const { verifier, state } = read();
  if (answer.get('state') !== state) throw new Error('the answer belongs to another sign-in');
  if (answer.has('error')) throw new Error(answer.get('error_description') ?? answer.get('error'));
  const response = await fetch('/playground/token', {
    method: 'POST',
    body: new URLSearchParams({ code: answer.get('code'), redirect_uri: redirect(), code_verifier: verifier }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error_description ?? body.error);
  write({ accessToken: body.access_token, expiresAt: Date.now() + body.expires_in * 1000 });
}

export function signOut() {
  sessionStorage.removeItem(kept);
  location.assign('/playground');
}
