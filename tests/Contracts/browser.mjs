// A real browser for the tests of pages: what it complains of, what it asks elsewhere, and what axe finds, is counted.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const pictures = process.env.PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
export const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const patience = 30_000;
let good = 0;
let all = 0;

export const desk = { width: 1280, height: 800 };
export const wide = { width: 1920, height: 1080 };
export const phone = { width: 390, height: 844 };

export function check(what, actual, expected) {
  all++;
  if (actual === expected) good++;
  else console.log(`${what}: ${actual} instead of ${expected}`);
}

/** Waits for a condition. */
export async function until(what, condition) {
  const started = Date.now();
  while (!await condition()) {
    if (Date.now() - started > patience) throw new Error(`Waited in vain: ${what}.`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

/**
 * Opens a page, walks through it and reports what the browser complained of, other than what is expected, and whatever it
 * asked of other servers than these.
 */
export async function visit(address, viewport, walk, { servers = [], expected = /503/ } = {}) {
  const page = await (await browser.newContext({ viewport })).newPage();
  page.setDefaultTimeout(patience);
  const { origin, pathname } = new URL(address);
  const complaints = [];
  const listen = (opened) => {
    opened.on('console', (m) => { if (m.type() === 'error' && !expected.test(m.text())) complaints.push(m.text()); });
    opened.on('pageerror', (e) => complaints.push(e.message));
    opened.on('request', (r) => { if (![origin, ...servers].includes(new URL(r.url()).origin) && !/^(data|blob):/.test(r.url())) complaints.push(`asks elsewhere: ${r.url()}`); });
  };
  listen(page);
  page.on('popup', listen);
  await page.goto(address);
  try {
    await walk(page);
  } catch (error) {
    await picture(page, 'failed');
    complaints.push(`${error.message}\nThe page says: ${(await page.innerText('body')).slice(0, 1000)}`);
  }
  check(`${pathname} at ${viewport.width}`, complaints.join('\n'), '');
  await page.context().close();
}

/** Nothing of the page lies beside the screen; a phone would make the window as wide as what does. */
export const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

/** What axe takes for serious or worse. Evaluating is no script of the page's, so its policy need not be loosened for it. */
export async function serious(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' | ')}`).join('\n');
}

/** For people to look at, where PICTURES names a folder. */
export async function picture(page, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}-${page.viewportSize().width}.png` });
}

/** Executes the playground's operation as it stands. */
export const execute = (page) => page.click('.graphiql-execute-button');

/** Waits until the playground's answer says this; the editor renders no more than fits, so it is asked what it holds. */
export async function answered(page, text) {
  await until(`the answer says ${text}`, async () => (await answer(page)).includes(text));
  return answer(page);
}

const answer = (page) => page.locator('.graphiql-response .CodeMirror').evaluate((editor) => editor.CodeMirror.getValue());

/** Turns to one of the playground's tabs. */
export async function turnTo(page, tab) {
  await page.locator('.graphiql-tab-button', { hasText: tab }).click();
  await page.locator('.graphiql-tab-active', { hasText: tab }).waitFor();
}

export async function finish() {
  console.log(`${good} of ${all}`);
  await browser.close();
  process.exit(all - good);
}
