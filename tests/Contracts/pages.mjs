// The landing page and the playground in a real browser: they work under their policy, on a phone too, and axe finds nothing serious.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [, , address, pictures] = process.argv;
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
let good = 0;
let all = 0;

function check(what, actual, expected) {
  all++;
  if (actual === expected) good++;
  else console.log(`${what}: ${actual} instead of ${expected}`);
}

/** Opens a page, visits it and reports what the browser complained of. */
async function visit(path, viewport, walk) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (m) => { if (m.type() === 'error' && !m.text().includes('503')) complaints.push(m.text()); });
  page.on('pageerror', (e) => complaints.push(e.message));
  page.on('request', (r) => { if (!r.url().startsWith(address) && !/^(data|blob):/.test(r.url())) complaints.push(`asks elsewhere: ${r.url()}`); });
  await page.goto(address + path);
  await walk(page);
  check(`${path} at ${viewport.width}`, complaints.join('\n'), '');
  if (pictures) await page.screenshot({ path: `${pictures}/${path.replaceAll('/', '') || 'landing'}-${viewport.width}.png` });
  check(`${path} fits ${viewport.width}`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await context.close();
}

/** What axe takes for serious or worse. */
async function serious(path, wait) {
  // axe itself has to be let past the page's policy.
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(address + path);
  await page.waitForSelector(wait);
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  await context.close();
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`).join('\n');
}

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

for (const viewport of [desk, phone]) {
  await visit('/', viewport, async (page) => {
    await page.waitForSelector('#sandbox:not([hidden])');
    check('clients are named', (await page.textContent('#clients')).includes('sandbox-tax'), true);
  });
  await visit('/playground', viewport, async (page) => {
    await page.waitForSelector('.graphiql-execute-button');
    const tabs = page.getByRole('tab').filter({ hasText: 'Clock' });
    await tabs.first().click();
    await page.locator('.graphiql-query-editor', { hasText: 'simulateClock' }).waitFor();
    // The editor hears of the tab a moment after it shows it.
    const answered = page.locator('.graphiql-response', { hasText: '2020-05-28' });
    for (let attempt = 0; attempt < 10 && !(await answered.isVisible()); attempt++) {
      await page.click('.graphiql-execute-button');
      await answered.waitFor({ timeout: 2000 }).catch(() => {});
    }
    check('the clock answers', await answered.isVisible(), true);
    check('tabs', await page.getByRole('tab').count() >= 6, true);
  });
}
check('axe on the landing page', await serious('/', '#sandbox:not([hidden])'), '');

console.log(`${good} of ${all}`);
await browser.close();
process.exit(all - good);
