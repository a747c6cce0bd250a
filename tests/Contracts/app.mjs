// What the app sends later and who is signed in, in a real browser without a page around it: the platform and the identity server are the
// answers given here, which come late, are lost or are those of a bad moment.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { browser, check, finish } from './browser.mjs';

const folder = fileURLToPath(new URL('../../api/App/', import.meta.url));
const { build } = createRequire(`${folder}package.json`)('esbuild');
const { outputFiles: [{ text: script }] } = await build({
  stdin: { contents: "export * as kept from './kept'; export * as outbox from './outbox'; export * as session from './session'; export * as schema from './forms/schema';", resolveDir: folder },
  bundle: true, format: 'iife', globalName: 'app', target: 'es2022', write: false,
});
const origin = 'http://localhost';
const endpoints = { client: 'app', authorizationEndpoint: `${origin}/authorize`, tokenEndpoint: `${origin}/token`, revocationEndpoint: `${origin}/revoke` };
const problem = (status, code) => ({ status, json: { type: 'about:blank', title: code, status, code, errors: [] } });
const complaint = { kind: 'complaint', body: { about: { hall: 'airport' }, text: '等了一小时。', anonymous: true } };
const visit = { kind: 'booking', item: 'OFFC-017-01', itemName: '—', hall: 'airport', start: '2099-01-05T01:00:00Z' };

/** A page of the app's scripts, asked and answered by "answer", which is told the path, the key and the body. */
async function tab(answer, at = '/app') {
  const context = await browser.newContext();
  const asked = [];
  await context.route('**/*', async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (pathname === '/app') return route.fulfill({ contentType: 'text/html', body: '<script src="/app.js"></script>' });
    if (pathname === '/app.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    if (pathname === '/app/settings.json') return route.fulfill({ json: endpoints });
    const key = request.headers()['idempotency-key'];
    asked.push(`${request.method()} ${pathname}${key ? ` ${key}` : ''}`);
    return route.fulfill(await answer(pathname, key, request)).catch(() => undefined);
  });
  const page = await context.newPage();
  await page.goto(`${origin}/app`);
  if (at !== '/app') {
    await page.evaluate(() => { sessionStorage.setItem('onedoor.sign-in', '{"state":"s","verifier":"v"}'); localStorage.setItem('onedoor.signed-in', 'yes'); });
    await page.goto(`${origin}${at}`);
  }
  return { page, asked };
}

const add = (page, what, key) => page.evaluate(([what, key]) => app.outbox.add(what, new Date(Date.now() + 3_600_000), key), [what, key]);
const send = (page) => page.evaluate(() => app.outbox.send());
const outcomes = (page) => page.evaluate(async () => (await app.outbox.entries()).map(({ key, outcome }) => `${key} ${outcome ? Object.keys(outcome) : 'waits'}`).join());
const filed = { status: 201, json: { id: 'c', code: 'CODE' } };

// What passes is tried again, and what is a last word is told.
for (const [what, first, then] of [
  ['a fault', problem(500, 'platform.fault'), 'filed'], ['a token that ended on its way', problem(401, 'request.unauthenticated'), 'filed'], ['too many requests', problem(429, 'request.too-many'), 'filed'],
  ['one that still runs', problem(409, 'idempotency.in-progress'), 'filed'], ['a last word', problem(422, 'complaint.text-invalid'), 'refused'],
]) {
  let times = 0;
  const { page } = await tab(() => times++ === 0 ? first : filed);
  await add(page, complaint, 'k');
  await send(page);
  await send(page);
  check(`what comes of ${what}`, await outcomes(page), `k ${then}`);
}

// The answer was lost for longer than a place is held.
{
  const { page, asked } = await tab((path, key) => path === '/v1/appointments' ? { status: 201, headers: { ETag: '"1"' }, json: { id: key, status: 'reserved' } }
    : path.endsWith('/confirmation') ? key.includes('again') ? { status: 200, json: { id: 'b', status: 'confirmed' } } : problem(409, 'appointment.not-in-this-state') : { status: 200, json: { status: 'lapsed' } });
  await add(page, visit, 'k');
  await send(page);
  check('a place that was held for too long', `${await outcomes(page)}: ${asked.join()}`,
    'k booked: POST /v1/appointments k,POST /v1/appointments/k/confirmation k-confirmed,GET /v1/appointments/k,POST /v1/appointments k-again,POST /v1/appointments/k-again/confirmation k-again-confirmed');
}

// What is called back while another is sent is not sent.
{
  let release;
  const late = new Promise((done) => { release = done; });
  const { page, asked } = await tab(() => late.then(() => filed));
  await add(page, complaint, 'a');
  await add(page, complaint, 'b');
  const first = page.waitForRequest(/complaints/);
  const sending = send(page);
  await first;
  await page.evaluate(() => app.outbox.dismiss('b'));
  release();
  await sending;
  check('what was called back', `${await outcomes(page)}: ${asked.join()}`, 'a filed: POST /v1/complaints a');
}

const idToken = `.${Buffer.from('{"sub":"zhang","name":"张三"}').toString('base64url')}.`;
const tokens = { status: 200, json: { access_token: 'a', refresh_token: 'r', id_token: idToken, expires_in: 1 } };
const who = (page) => page.evaluate(async () => { await app.session.token().catch((error) => error instanceof app.session.Ended ? 'ended' : 'passes').then((answer) => { globalThis.said = answer; }); return `${globalThis.said} ${app.session.person()?.name}`; });
const begin = (page) => page.evaluate(async () => `${JSON.stringify(await app.session.begin())} ${app.session.wasSignedIn()}`);

// A busy identity server ends no session; one that knows of none does.
{
  let next = tokens;
  const { page } = await tab(() => next, '/app?state=s&code=c');
  check('who signs in', await begin(page), '{} true');
  for (const [status, error, expected] of [[429, 'temporarily_unavailable', 'passes 张三'], [500, 'server_error', 'passes 张三'], [400, 'invalid_grant', 'ended undefined']]) {
    next = { status, json: { error } };
    check(`the session after ${error}`, await who(page), expected);
  }
}
for (const [error, expected] of [['server_error', '{"failed":"server_error"} true'], ['login_required', '{"nobody":true} false']]) {
  const { page } = await tab(() => tokens, `/app?state=s&error=${error}`);
  check(`signing in after ${error}`, await begin(page), expected);
}

// Nothing that is under way undoes a sign-out: neither what is being sent, nor a token that is being taken anew.
{
  let release;
  let isLate = false;
  const late = new Promise((done) => { release = done; });
  const { page, asked } = await tab((path) => path === '/revoke' ? { status: 200 } : isLate ? late.then(() => path === '/token' ? tokens : filed) : tokens, '/app?state=s&code=c');
  await begin(page);
  isLate = true;
  await add(page, complaint, 'k');
  const first = page.waitForRequest(/complaints/);
  await page.evaluate(() => { globalThis.sending = app.outbox.send(); globalThis.asking = app.session.token().catch(() => null); });
  await first;
  await page.evaluate(() => { app.outbox.stop(); return app.session.signOut(app.kept.forget); });
  release();
  check('who is signed in after a sign-out', await page.evaluate(async () => `${await globalThis.asking} ${app.session.person()}`), 'null null');
  check('what waits after a sign-out', await page.evaluate(async () => { await globalThis.sending; return (await app.kept.all('outbox')).length; }), 0);
  check('what came late is given back', asked.includes('POST /revoke'), true);
}

// Signing out waits for no token, on a connection that stands still: what waits to be sent for it lets go of what is kept.
{
  let isStill = false;
  const { page, asked } = await tab((path) => path === '/token' && isStill ? new Promise(() => undefined) : tokens, '/app?state=s&code=c');
  await begin(page);
  isStill = true;
  await page.evaluate(() => app.kept.keepFor('zhang'));
  await add(page, visit, 'k');
  const renewal = page.waitForRequest(/token/);
  await page.evaluate(() => { globalThis.sending = app.outbox.send(); });
  await renewal;
  check('signing out while a token is renewed', await page.evaluate(() => {
    app.outbox.stop();
    return Promise.race([app.session.signOut(app.kept.forget).then(() => 'done'), new Promise((late) => { setTimeout(late, 8_000, 'waits'); })]);
  }), 'done');
  check('what waits after it', await page.evaluate(async () => { await globalThis.sending; return (await app.kept.all('outbox')).length; }), 0);
  check('what was sent', asked.some((one) => one.includes('appointments')), false);
}

// Days that a form counts in months and years are those of the platform, also where the month is shorter.
{
  const { page } = await tab(() => filed);
  for (const [today, named, expected] of [['2028-02-29', 'today-12m', '2027-02-28'], ['2028-02-29', 'today-1y', '2027-02-28'], ['2026-01-31', 'today+1m', '2026-02-28'], ['2026-12-15', 'today+2m', '2027-02-15'], ['2026-03-01', 'today-1d', '2026-02-28']])
    check(`${named} on ${today}`, await page.evaluate(([today, named]) => { Date.now = () => Date.parse(`${today}T04:00:00Z`); return app.schema.dayOfName(named); }, [today, named]), expected);
}

await finish();
