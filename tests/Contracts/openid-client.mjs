// Drives every flow of the identity server through the npm package openid-client: discovery, client credentials by secret
// and by key, code + PKCE with and without a pushed request, device, refresh with rotation and reuse, revocation and
// introspection. Takes the issuer and a client of the file clients registered there with the private key in argv[3]:
//   node openid-client.mjs http://localhost:5081 private-jwk.json
// Ends with 1 and the first thing that is wrong.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as oidc from "openid-client";

const issuer = process.argv[2];
const privateJwk = JSON.parse(readFileSync(process.argv[3], "utf8"));
const PLAYGROUND = "http://localhost:5080/playground";
const SCOPE = "openid profile offline_access cases:read cases:submit";
// Encrypted for the API (RFC 7516, compact).
const OPAQUE = /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/;
const PAST_LEEWAY_MS = 16_000;

const discover = (client, authentication) =>
  oidc.discovery(new URL(issuer), client, undefined, authentication, { execute: [oidc.allowInsecureRequests] });
const decode = (text) => text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#x2B;", "+").replaceAll("&amp;", "&");
const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
const refused = async (promise, error) => assert.equal((await promise.then(() => ({ error: "nothing" }), (e) => e)).error, error);

/** A browser without a screen: keeps cookies, follows redirects within the server, fills in forms. */
class Browser {
  cookies = new Map();
  body = "";

  async go(address, form) {
    for (let url = new URL(address, issuer), body = form; ; body = undefined) {
      const response = await fetch(url, {
        method: body ? "POST" : "GET",
        body: body && new URLSearchParams(body),
        redirect: "manual",
        headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "), "accept-language": "en" },
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
        this.cookies.set(name, value);
      }
      this.body = await response.text();
      const location = response.headers.get("location");
      if (!location) return undefined;
      url = new URL(location, issuer);
      if (url.origin !== new URL(issuer).origin) return url;
    }
  }

  submit(fields) {
    const hidden = [...this.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [decode(name), decode(value)]);
    return this.go(decode(/<form method="post" action="([^"]*)">/.exec(this.body)[1]), [...hidden, ...Object.entries(fields)]);
  }

  async signIn(address, name) {
    return (await this.go(address)) ?? this.submit({ name, password: "sandbox" });
  }
}

async function clientCredentials() {
  for (const method of [oidc.ClientSecretBasic, oidc.ClientSecretPost]) {
    const tokens = await oidc.clientCredentialsGrant(await discover("sandbox-tax", method("sandbox-secret")), { scope: "cases:read" });
    assert.equal(claims(tokens.access_token).department, "tax");
  }
  const key = await crypto.subtle.importKey("jwk", privateJwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const agency = await discover("outside-agency", oidc.PrivateKeyJwt(key));
  const tokens = await oidc.clientCredentialsGrant(agency, { scope: "cases:read" });
  assert.equal((await oidc.tokenIntrospection(agency, tokens.access_token)).active, true);
  await oidc.tokenRevocation(agency, tokens.access_token);
  assert.equal((await oidc.tokenIntrospection(agency, tokens.access_token)).active, false);
  console.log("client credentials, introspection, revocation");
}

async function code(isPushed) {
  const config = await discover("playground", oidc.None());
  assert.equal(config.serverMetadata().supportsPKCE(), true);
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const parameters = {
    redirect_uri: PLAYGROUND, scope: SCOPE, state, nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256",
  };
  const address = isPushed ? await oidc.buildAuthorizationUrlWithPAR(config, parameters) : oidc.buildAuthorizationUrl(config, parameters);
  const answer = await new Browser().signIn(address, "citizen");
  const exchange = () => oidc.authorizationCodeGrant(config, answer, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
  const tokens = await exchange();
  assert.match(claims(tokens.access_token).applicant, OPAQUE);
  const info = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  assert.ok(info.name);
  console.log(isPushed ? "code with PKCE, pushed" : "code with PKCE", "and userinfo");
  return { config, tokens, exchange };
}

async function refresh() {
  const { config, tokens } = await code(true);
  const next = await oidc.refreshTokenGrant(config, tokens.refresh_token);
  assert.notEqual(next.refresh_token, tokens.refresh_token);
  await new Promise((resolve) => setTimeout(resolve, PAST_LEEWAY_MS));
  await refused(oidc.refreshTokenGrant(config, tokens.refresh_token), "invalid_grant");
  await refused(oidc.refreshTokenGrant(config, next.refresh_token), "invalid_grant");
  console.log("refresh: rotated, and used again it ends its family");
}

async function replay() {
  const { config, tokens, exchange } = await code(false);
  await refused(exchange(), "invalid_grant");
  await refused(oidc.refreshTokenGrant(config, tokens.refresh_token), "invalid_grant");
  console.log("a code used twice ends what came of it");
}

async function revoke() {
  const { config, tokens } = await code(false);
  await oidc.tokenRevocation(config, tokens.refresh_token);
  await refused(oidc.refreshTokenGrant(config, tokens.refresh_token), "invalid_grant");
  console.log("a refresh token revoked");
}

async function device() {
  const config = await discover("kiosk", oidc.None());
  const started = await oidc.initiateDeviceAuthorization(config, { scope: "openid cases:submit" });
  const polled = oidc.pollDeviceAuthorizationGrant(config, started);
  const browser = new Browser();
  await browser.signIn(started.verification_uri_complete, "citizen");
  await browser.submit({ decision: "allow" });
  assert.match(claims((await polled).access_token).applicant, OPAQUE);
  console.log("device");
}

await clientCredentials();
await Promise.all([refresh(), replay(), revoke(), device()]);
