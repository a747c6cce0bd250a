// The documentation as a developer uses it: authorizes, as a person and as an agency's system, tries a call out, and reads the guide.
import { check, desk, finish, fits, phone, picture, serious, visit } from './browser.mjs';

const [, , api, identity] = process.argv;

const operation = (page) => page.locator('.opblock-get', { has: page.locator('[data-path="/v1/cases"]') });

async function tryItOut(page) {
  await page.locator('.opblock-tag[data-tag="Cases"]').click();
  await operation(page).locator('.opblock-summary-control').click();
  await operation(page).locator('.try-out__btn').click();
}

/** The status of the call. */
async function list(page) {
  const [answer] = await Promise.all([page.waitForResponse(/\/v1\/cases/), operation(page).locator('.btn.execute').click()]);
  const status = String(answer.status());
  await operation(page).locator('.live-responses-table .response-col_status', { hasText: status }).waitFor();
  return status;
}

/** Where the start page, the codes and the guide lead to that is not there: addresses of this server, and places on these pages. */
async function leadsNowhere() {
  const pages = new Map();
  const read = async (path) => {
    if (!pages.has(path)) pages.set(path, fetch(api + path).then(async (answer) => (answer.ok ? answer.text() : undefined)));
    return pages.get(path);
  };
  const astray = [];
  const walk = async (from) => {
    for (const [, href] of (await read(from)).matchAll(/<a [^>]*href="([^"]*)"/g)) {
      const { origin, pathname, search, hash } = new URL(href, api + from);
      const isCode = pathname.startsWith('/docs/errors/'); // As many as there are codes; each has its page by the same table.
      if (origin !== new URL(api).origin || isCode) continue;
      const isNew = !pages.has(pathname + search);
      const page = await read(pathname + search);
      if (page === undefined || (hash && !page.includes(`id="${decodeURIComponent(hash.slice(1))}"`))) astray.push(`${from} to ${href}`);
      else if (isNew && pathname.endsWith('.md')) await walk(pathname);
    }
  };
  for (const from of ['/', '/docs/errors']) await walk(from);
  return { astray, read: [...pages.keys()] };
}

const { astray, read } = await leadsNowhere();
check('ways that lead nowhere', astray.join('\n'), '');
check('the guide is found', ['/docs/API.md', '/docs/APPS.md', '/docs/IDENTITY.md', '/statistics', '/board/airport'].filter((path) => !read.includes(path)).join(), '');

for (const viewport of [desk, phone]) {
  await visit(`${api}/docs/API.md`, viewport, async (page) => {
    check('the guide fits', await fits(page), true);
    await picture(page, 'guide');
    await page.goto(`${api}/docs/GRAPHQL.md`);
    check('axe on the guide', await serious(page), '');
  });
  await visit(`${api}/docs/errors`, viewport, async (page) => {
    check('the codes fit', await fits(page), true);
    await picture(page, 'errors');
  });
  await visit(`${api}/docs`, viewport, async (page) => {
    const flow = (name) => page.locator('.auth-container', { hasText: name });
    await tryItOut(page);
    check('without a token', await list(page), '401');
    check('the documentation fits', await fits(page), true);
    check('its bar leads back', [await page.locator('.bar a[href="/"]').isVisible(), await page.locator('.topbar').isVisible()].join(), 'true,false');
    check('axe on the documentation', await serious(page), '');

    await page.click('.btn.authorize');
    await flow('authorizationCode').locator('.scopes a', { hasText: 'select all' }).click();
    const opening = page.waitForEvent('popup');
    await flow('authorizationCode').locator('.btn.authorize').click();
    const popup = await opening;
    await popup.fill('#name', 'enterprise');
    await popup.fill('#password', 'sandbox');
    await picture(popup, 'docs-sign-in');
    await Promise.all([popup.waitForEvent('close'), popup.click('form button')]);
    await flow('authorizationCode').locator('.btn', { hasText: 'Logout' }).waitFor();
    await picture(page, 'docs-authorized');
    check('axe on authorizing', await serious(page), '');
    await page.click('.btn-done');
    check('as a person', await list(page), '200');
    await picture(page, 'docs-tried');

    await page.click('.btn.authorize');
    await flow('authorizationCode').locator('.btn', { hasText: 'Logout' }).click();
    await flow('clientCredentials').locator('[data-name="clientId"], #client_id_clientCredentials, #client_id').first().fill('sandbox-service-office');
    await flow('clientCredentials').locator('input[type="password"], #client_secret').first().fill('sandbox-secret');
    await flow('clientCredentials').locator('.scopes a', { hasText: 'select all' }).click();
    await flow('clientCredentials').locator('.btn.authorize').click();
    await flow('clientCredentials').locator('.btn', { hasText: 'Logout' }).waitFor();
    await page.click('.btn-done');
    check('as an agency', await list(page), '200');
  }, { servers: [identity], expected: /401/ });
}

await finish();
