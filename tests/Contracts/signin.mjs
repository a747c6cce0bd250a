// Identity's pages in a real browser, as people meet them: signing in, consent, a device, the second factor, signing out and
// being refused; in Chinese and English, on a phone and at a desk. Takes the issuer, and a folder for a picture of each page:
//   node signin.mjs http://localhost:5081 pictures
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [, , issuer, pictures] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const texts = {
  'zh-CN': {
    signIn: '登录', consent: '授权', device: '连接设备', done: '已完成', secondFactor: '验证身份', signedIn: '已登录', signOut: '退出登录', signedOut: '已退出登录',
    refused: '无法继续', name: '用户名', password: '密码', userCode: '设备代码', code: '验证码', next: '继续', allow: '同意', error: '错误：',
    show: '显示密码', newSecondFactor: '设置二次验证', newPassword: '设置新密码', current: '当前密码', new: '新密码', again: '再次输入新密码', change: '更改密码', changed: '密码已更改',
  },
  en: {
    signIn: 'Sign in', consent: 'Allow access', device: 'Connect a device', done: 'Done', secondFactor: 'Confirm it is you', signedIn: 'Signed in', signOut: 'Sign out',
    signedOut: 'Signed out', refused: 'You cannot continue', name: 'User name', password: 'Password', userCode: 'Device code', code: 'Code', next: 'Continue', allow: 'Allow',
    show: 'Show the password', error: 'Error: ', newSecondFactor: 'Set up the second factor', newPassword: 'Choose a new password', current: 'Current password', new: 'New password',
    again: 'New password again', change: 'Change the password', changed: 'Password changed',
  },
};
let good = 0;
let all = 0;

function check(what, actual, expected) {
  all++;
  if (actual === expected) good++;
  else console.log(`${what}: ${actual} instead of ${expected}`);
}

async function ask(path, body, headers = {}) {
  const response = await fetch(issuer + path, { method: 'POST', body, headers });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** What an operator does through the administration's routes. */
async function operate(path, body) {
  const { access_token } = await ask('/connect/token', new URLSearchParams({ grant_type: 'client_credentials', scope: 'clients:manage' }),
    { authorization: `Basic ${Buffer.from('sandbox-service-office:sandbox-secret').toString('base64')}` });
  return ask(path, JSON.stringify(body), { 'content-type': 'application/json', authorization: `Bearer ${access_token}` });
}

/** An application of a third party: registered by an operator, answering at an address of its own. */
async function startApplication() {
  const server = createServer((request, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,"><h1>Back')).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const redirect = `http://127.0.0.1:${server.address().port}/callback`;
  const clientId = `tax-helper-${Date.now().toString(36)}`;
  const application = { kind: 'web', redirectUris: [redirect], asksConsent: true };
  await operate('/clients', { clientId, displayName: 'Tax Helper', scopes: ['cases:read', 'cases:submit', 'licences:read'], application });
  return { server, clientId, redirect };
}

/** The code of an authenticator app (RFC 6238). */
function timedCode(secret) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  return String((digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Someone with a browser of one language and width, and what is looked at on each page they meet. */
class Visitor {
  complaints = [];

  static async arrive(browser, language, width) {
    const visitor = new Visitor();
    visitor.language = language;
    visitor.width = width;
    visitor.texts = texts[language];
    visitor.context = await browser.newContext({ locale: language, viewport: { width, height: width < 500 ? 740 : 800 } });
    visitor.page = await visitor.context.newPage();
    const { page, complaints } = visitor;
    page.on('console', (m) => { if (m.type() === 'error' && !/status of 4(00|22)/.test(m.text())) complaints.push(m.text()); });
    page.on('pageerror', (e) => complaints.push(e.message));
    page.on('request', (r) => { if (!r.url().startsWith(issuer) && !r.url().startsWith(visitor.expected ?? issuer)) complaints.push(`asks elsewhere: ${r.url()}`); });
    return visitor;
  }

  go(address) { return this.page.goto(new URL(address, issuer).href); }

  /** Everything that holds for every page; takes its picture. */
  async look(name, title, { isWrong = false } = {}) {
    const { page, language, width } = this;
    const what = `${name} in ${language} at ${width}`;
    await page.waitForFunction((h1) => document.querySelector('h1')?.textContent === h1, title, { timeout: 10_000 })
      .catch(async () => { throw new Error(`${what}: ${page.url()} shows ${await page.textContent('h1')} instead of ${title}`); });
    if (pictures) await page.screenshot({ path: `${pictures}/${name}-${language}-${width}.png`, fullPage: true });
    check(`${what}: complaints`, this.complaints.splice(0).join('\n'), '');
    check(`${what}: title`, (await page.title()).startsWith(isWrong ? this.texts.error + title : title), true);
    check(`${what}: language`, await page.getAttribute('html', 'lang'), language);
    check(`${what}: fits`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    // Colours are the same at every width.
    for (const colorScheme of width < 500 ? ['dark', 'light'] : ['light']) {
      await page.emulateMedia({ colorScheme });
      check(`${what}: axe, ${colorScheme}`, await this.serious(), '');
    }
  }

  /** What axe takes for serious or worse. It comes by the debugger, so the page's policy stays in force. */
  async serious() {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run());
    return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`).join('\n');
  }

  /** A field that is wrong has the focus and says what is wrong, to eyes and to screen readers. */
  async lookWrong(name, title, field) {
    await this.look(name, title, { isWrong: true });
    const said = await this.page.evaluate(() => {
      const field = document.activeElement;
      const described = field.getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id));
      return [field.id, field.getAttribute('aria-invalid'), described?.some((e) => e?.getAttribute('role') === 'alert' && e.textContent.length > 0)].join(' ');
    });
    check(`${name} in ${this.language}: the wrong field`, said, `${field} true true`);
  }

  /** Goes on with the Tab key to a control of that name, as whoever has no pointer does. */
  async tabTo(role, name) {
    const target = this.page.getByRole(role, { name, exact: true });
    for (let i = 0; i < 12; i++) {
      await this.page.keyboard.press('Tab');
      if (!(await target.evaluate((e) => e === document.activeElement))) continue;
      check(`${name}: focus can be seen`, await target.evaluate((e) => getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 2), true);
      return;
    }
    throw new Error(`${name} is not reached by keyboard at ${this.page.url()}`);
  }

  async type(label, text) {
    const field = this.page.getByLabel(label, { exact: true });
    if (!(await field.evaluate((e) => e === document.activeElement))) await this.tabTo('textbox', label);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  enter() { return this.page.keyboard.press('Enter'); }

  async press(name) {
    await this.tabTo('button', name);
    await this.enter();
  }
}

/** A citizen signs in at the second attempt and lets an application of a third party in, by keyboard alone. */
async function useApplication(visitor, { clientId, redirect }) {
  const { texts: t } = visitor;
  await visitor.go('/connect/authorize?' + new URLSearchParams({
    client_id: clientId, response_type: 'code', redirect_uri: redirect, scope: 'openid profile offline_access cases:read cases:submit licences:read', state: 'a-state',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', prompt: 'consent',
  }));
  await visitor.look('sign-in', t.signIn);
  await visitor.type(t.name, 'citizen');
  await visitor.page.getByLabel(t.password, { exact: true }).focus();
  await visitor.type(t.password, 'wrong');
  await visitor.enter();
  await visitor.page.waitForSelector('[role=alert]');
  await visitor.lookWrong('sign-in-wrong', t.signIn, 'password');
  check('the name is kept', await visitor.page.inputValue('#name'), 'citizen');
  await visitor.type(t.password, 'sandbox');
  const seen = () => visitor.page.getAttribute('#password', 'type');
  check('the password, before', await seen(), 'password');
  await visitor.tabTo('checkbox', t.show);
  await visitor.page.keyboard.press('Space');
  check('the password, shown', await seen(), 'text');
  await visitor.look('sign-in-shown', t.signIn, { isWrong: true });
  await visitor.press(t.signIn);
  await visitor.look('consent', t.consent);
  visitor.expected = new URL(redirect).origin;
  await visitor.press(t.allow);
  await visitor.page.waitForURL(`${redirect}?**`);
  const answer = new URL(visitor.page.url()).searchParams;
  check('the application is answered', `${answer.get('state')} ${answer.get('iss')} ${answer.has('code')}`, `a-state ${issuer} true`);
  check('the application, complaints', visitor.complaints.join('\n'), '');
}

/** The same citizen lets a kiosk in by its code. */
async function useDevice(visitor) {
  const { texts: t } = visitor;
  const device = await ask('/connect/device', new URLSearchParams({ client_id: 'kiosk', scope: 'openid cases:submit appointments:book' }));
  await visitor.go(device.verification_uri);
  await visitor.look('device-code', t.device);
  await visitor.type(t.userCode, 'bbbb');
  await visitor.enter();
  await visitor.page.waitForSelector('[role=alert]');
  await visitor.lookWrong('device-code-wrong', t.device, 'user_code');
  await visitor.type(t.userCode, device.user_code.replace('-', ' ').toLowerCase());
  await visitor.press(t.next);
  await visitor.page.waitForSelector('.show', { timeout: 10_000 });
  await visitor.look('device', t.device);
  await visitor.press(t.allow);
  await visitor.look('device-done', t.done);
  const tokens = await ask('/connect/token', new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: 'kiosk', device_code: device.device_code }));
  check('the kiosk has a token', tokens.token_type, 'Bearer');
}

/** A clerk signs in with a second factor, and out again. */
async function signInAndOut(visitor) {
  const { texts: t } = visitor;
  await visitor.go('/signin');
  await visitor.type(t.name, 'clerk');
  await visitor.type(t.password, 'sandbox');
  await visitor.enter();
  await visitor.look('second-factor', t.secondFactor);
  await visitor.type(t.code, '12345');
  await visitor.enter();
  await visitor.page.waitForSelector('[role=alert]');
  await visitor.lookWrong('second-factor-wrong', t.secondFactor, 'code');
  await visitor.type(t.code, timedCode('ONEDOORSANDBOXSECONDFACTOR234567'));
  await visitor.enter();
  await visitor.look('signed-in', t.signedIn);
  await visitor.tabTo('link', t.signOut);
  await visitor.enter();
  await visitor.look('sign-out', t.signOut);
  await visitor.press(t.signOut);
  await visitor.look('signed-out', t.signedOut);
}

/** A new supervisor comes with the operator's password, enrols a second factor, and chooses a password; then another one. */
async function begin(visitor) {
  const { texts: t, page } = visitor;
  const userName = `new.${visitor.width}.${Date.now().toString(36)}`;
  const { oneTimePassword } = await operate('/people', { userName, displayName: '欧阳修', role: 'supervisor', department: 'customs', hall: 'haigang' });
  await visitor.go('/signin');
  await visitor.type(t.name, userName);
  await visitor.type(t.password, oneTimePassword);
  await visitor.enter();
  await visitor.look('new-second-factor', t.newSecondFactor);
  await visitor.type(t.code, '12345');
  await visitor.enter();
  await page.waitForSelector('[role=alert]');
  await visitor.lookWrong('new-second-factor-wrong', t.newSecondFactor, 'code');
  await visitor.type(t.code, timedCode((await page.textContent('.key')).replaceAll(' ', '')));
  await visitor.enter();
  await visitor.look('new-password', t.newPassword);
  await visitor.type(t.new, 'short');
  await visitor.type(t.again, 'short');
  await visitor.enter();
  await page.waitForSelector('[role=alert]');
  await visitor.lookWrong('new-password-wrong', t.newPassword, 'new');
  await visitor.type(t.new, 'correct horse battery');
  await visitor.type(t.again, 'correct horse battery');
  await visitor.enter();
  await visitor.look('begun', t.signedIn);
  await visitor.tabTo('link', t.change);
  await visitor.enter();
  await visitor.look('another-password', t.newPassword);
  await visitor.type(t.current, 'correct horse battery');
  await visitor.type(t.new, 'staple the battery');
  await visitor.type(t.again, 'staple the battery');
  await visitor.press(t.change);
  await visitor.look('password-changed', t.changed);
}

async function beRefused(visitor, { clientId }) {
  await visitor.go(`/connect/authorize?client_id=${clientId}&response_type=code&redirect_uri=http://evil.test/&scope=openid`);
  await visitor.look('refused', visitor.texts.refused, { isWrong: true });
}

async function switchLanguage(visitor) {
  await visitor.go('/signin?to=/connect/verify');
  await visitor.tabTo('link', '中文');
  await visitor.enter();
  await visitor.page.waitForSelector('html[lang=zh-CN]');
  check('the other language leads back', new URL(visitor.page.url()).searchParams.get('to'), '/connect/verify');
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const application = await startApplication();
try {
  for (const language of Object.keys(texts)) {
    for (const width of [360, 1280]) {
      const citizen = await Visitor.arrive(browser, language, width);
      await useApplication(citizen, application);
      await useDevice(citizen);
      await citizen.context.close();
      const clerk = await Visitor.arrive(browser, language, width);
      await signInAndOut(clerk);
      await begin(clerk);
      await beRefused(clerk, application);
      if (language === 'en') await switchLanguage(clerk);
      await clerk.context.close();
    }
  }
} finally {
  await browser.close();
  application.server.close();
}
console.log(`${good} of ${all}`);
process.exit(all - good);
