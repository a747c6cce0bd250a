// The app on a phone, as a citizen uses it: finds a matter, books and keeps a visit without a connection, signs out and leaves nothing.
// The clock and the departments are the test's (see PhoneJourney). With PHONE=long in both languages, light and dark, with large text.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { ask } from './ask.mjs';
import { browser, check, desk, executablePath, finish, fits, phone, picture, until, wide } from './browser.mjs';

const [, , api, identity] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const app = `${api}/app`;
const isLong = process.env.PHONE === 'long';
const rounds = isLong
  ? [['zh-CN', 'light', 'normal'], ['en', 'dark', 'largest'], ['en', 'light', 'normal'], ['zh-CN', 'dark', 'large']]
  : [['zh-CN', 'light', 'normal']];
const words = {
  'zh-CN': {
    find: '您要办什么事？', search: '查找', book: '预约到大厅办理', sheet: '显示为表格', confirm: '确认预约', confirmed: '已确认', visits: '我的预约', queue: '排队取号', take: '取号', before: '下一位就是您', leave: '不等了，取消', signIn: '登录', signOut: '退出登录', settings: '设置',
    cases: '我的办件', licences: '我的证照', apply: '在线申办', next: '下一步', submit: '提交申请', submitted: '已提交，等待受理', complain: '我要投诉', file: '提交投诉', anonymous: '匿名', see: '查看这件投诉', sending: '正在上传', sent: '已上传', offline: '没有网络连接', silent: '平台暂时没有应答', later: '恢复后预约', waits: '等待网络恢复后发送', done: '已办妥', fine: '知道了', calendar: '加入日历', here: '我已到大厅，签到', cancel: '取消预约', cancelled: '已取消', move: '改约', inbox: '通知', rate: '评价这件事的办理', rateVisit: '评价这次服务', send: '提交评价', dissatisfied: '不满意', satisfied: '满意', verySatisfied: '非常满意', yes: '满意', thanks: '谢谢您的评价', mine: '我的评价', renew: '申请延续', met: '报告已达到条件', filed: '已报达到条件', commitment: '告知承诺', correct: '去补正', hand: '提交补正', together: '执照核发后一并办理的事项', notChosen: '无需办理', jointly: '共同申请', sign: '签署', signed: '已签署', download: '下载：', named: '具名', complainVisit: '投诉这次服务', fileLater: '恢复后提交', answered: '已答复', reopen: '申请重办', reopened: '正在重办', happened: '办理经过', no: '不满意', remarks: '备注', over: '保留时间已过', again: '请重新登录', kept: '已保存，不再显示', unheard: '未能通知身份服务器', pledged: '您承诺补交的材料', why: '不予受理的理由', turnTo: '请向以下机关申请：', remove: '移除', undecided: '法定期限内没有决定的', showCode: '查看', failed: '登录没有成功', toReset: '重置应用', reset: '应用已重置', clear: '清除并重置', withdraw: '撤回申请', refresh: '刷新', follow: '查询', speak: '提交', other: 'en',
  },
  en: {
    find: 'What do you need?', search: 'Search', book: 'Book a visit', sheet: 'Show as a table', confirm: 'Confirm', confirmed: 'Confirmed', visits: 'My visits', queue: 'Queue', take: 'Take a number', before: 'You are next', leave: 'Give up my number', signIn: 'Sign in', signOut: 'Sign out', settings: 'Settings',
    cases: 'My cases', licences: 'My licences', apply: 'Apply', next: 'Next', submit: 'Submit', submitted: 'Submitted', complain: 'Complain', file: 'File the complaint', anonymous: 'Anonymous', see: 'See the complaint', sending: 'Sending', sent: 'Sent', offline: 'No connection', silent: 'The platform does not answer', later: 'Book it then', waits: 'waits for a connection', done: 'done.', fine: 'All right', calendar: 'Add to the calendar', here: 'I am here: check in', cancel: 'Cancel the visit', cancelled: 'Cancelled', move: 'Move the visit', inbox: 'Inbox', rate: 'Rate how it is going', rateVisit: 'Rate this visit', send: 'Send the rating', dissatisfied: 'Dissatisfied', satisfied: 'Satisfied', verySatisfied: 'Very satisfied', yes: 'Yes', thanks: 'Thank you', mine: 'My ratings', renew: 'Renew the licence', met: 'File that the conditions are met', filed: 'Filed that they are met', commitment: 'By commitment', correct: 'Correct the application', hand: 'Submit the correction', together: 'What is to be done once the licence is there', notChosen: 'Not needed', jointly: 'jointly', sign: 'Sign', signed: 'signed by', download: 'Download: ', named: 'With my name', complainVisit: 'Complain about this visit', fileLater: 'File it then', answered: 'Answered', reopen: 'Have it handled once more', reopened: 'Being handled once more', happened: 'What happened', no: 'No', remarks: 'Remarks', over: 'The hold is over', again: 'Sign in again', kept: 'I have kept it: show it no more', unheard: 'could not be told', pledged: 'What you pledged to hand in', why: 'Why it was not accepted', turnTo: 'Apply to: ', remove: 'Remove', undecided: 'If nothing is decided in time', showCode: 'Show it', failed: 'Signing in did not work', toReset: 'Reset the app', reset: 'The app has been reset', clear: 'Delete it and reset', withdraw: 'Withdraw the application', refresh: 'Look again', follow: 'Follow the complaint', speak: 'Send', other: 'zh-CN',
  },
};

/** A phone with the app's clock set to the platform's, and what its browser complains of. */
async function pickUp(language, scheme, text) {
  const context = await browser.newContext({ viewport: phone, locale: language, colorScheme: scheme, hasTouch: true, isMobile: true, acceptDownloads: true });
  await context.clock.install({ time: new Date(await ask('now')) });
  await context.addInitScript((size) => { if (location.protocol === 'http:' && !localStorage.getItem('onedoor.look')) localStorage.setItem('onedoor.look', JSON.stringify({ text: size })); }, text);
  const complaints = [];
  context.on('console', (m) => { if (m.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 4(04|09|12|22)/.test(m.text()) && !(/status of 400/.test(m.text()) && m.location().url.endsWith('/token'))) complaints.push(m.text()); });
  context.on('weberror', (e) => complaints.push(e.error().stack));
  context.on('request', (r) => { if (![api, identity].some((server) => r.url().startsWith(server)) && !/^(blob|data):/.test(r.url())) complaints.push(`asks elsewhere: ${r.url()}`); });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('dialog', (dialog) => dialog.accept());
  return { context, page, complaints };
}

/** What has to hold of every page: axe finds nothing at all, all of it is on the screen, and a thumb hits what it aims at. */
async function look(page, name, what) {
  await heading(page, name);
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' | ')}`));
  check(`axe on ${what}`, violations.join('\n'), '');
  check(`${what} fits`, await fits(page), true);
  check(`small targets of ${what}`, await page.evaluate(() => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter((element) => {
    const { width, height } = (element.matches('input') ? element.closest('label') ?? element : element).getBoundingClientRect();
    return width > 0 && height < 44 && !element.closest('.skip') && getComputedStyle(element).display !== 'inline';
  }).map((element) => element.outerHTML.slice(0, 80)).join('\n')), '');
  if (!process.env.PICTURES) return;
  const round = await page.evaluate(() => `${document.documentElement.lang}-${matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'}`);
  for (const viewport of [desk, wide, phone]) {
    await page.setViewportSize(viewport);
    await picture(page, `app-${what}-${round}`);
  }
}

const heading = (page, name) => page.locator('main:not([aria-busy]) h1', { hasText: name }).waitFor();
const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();

async function signIn(page, t, name = 'citizen') {
  await page.goto(`${app}#/appointments`);
  await press(page, t.signIn);
  await page.fill('#name', name);
  await page.fill('#password', 'sandbox');
  await page.click('form button');
  await heading(page, t.visits);
}

/** Finds an item by its name and looks at what it takes. */
async function find(page, t) {
  await page.goto(app);
  await look(page, t.find, 'find');
  await page.fill('#q', '公共场所卫生许可');
  await press(page, t.search);
  const row = page.locator('.rows a').first();
  await row.click();
  await page.locator('.limits').waitFor();
  await look(page, '', 'item');
  await page.getByRole('link', { name: t.book }).click();
}

/** Books by the table. The answer is lost: what is sent once more is the same visit. */
async function book(context, page, t) {
  const at = page.url();
  await look(page, t.book.slice(0, 2), 'slots');
  await page.getByRole('link', { name: t.sheet }).click();
  await page.locator('main:not([aria-busy]) table').waitFor();
  await look(page, '', 'slots as a table');
  const told = await lostOnce(context, '**/v1/appointments');
  await page.locator('table button').first().click();
  await page.locator('.held', { hasText: t.silent }).waitFor();
  await press(page, t.later);
  await page.locator('.notes', { hasText: t.waits }).waitFor();
  // What waits is tried twice a minute.
  await context.clock.fastForward('00:30');
  await page.locator('.notes', { hasText: t.done }).waitFor();
  check('visits of two requests', `${told.asked} ${new Set(told.made).size}`, '2 1');
  await press(page, t.fine);
  await page.locator('table button').last().click();
  await page.locator('.held').waitFor();
  await look(page, '', 'held');
  await press(page, t.confirm);
  await page.locator('.status.confirmed').waitFor();
  await look(page, '', 'visit');
  check('checking in before its time', await page.getByRole('button', { name: t.here }).count(), 0);
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, t.calendar)]);
  const calendar = readFileSync(await download.path(), 'utf8');
  check('the calendar entry', /DTSTART;TZID=Asia\/Shanghai:\d{8}T\d{6}\r\n/.test(calendar) && calendar.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), true);
  const visit = page.url();
  // Another on that day: what stands in the way is told below the day, and leads there.
  await page.goto(at);
  await page.locator('.day').last().locator('summary').click();
  await page.locator('.day').last().locator('button').first().click();
  await page.locator('.day > [role=alert] a').waitFor();
  await look(page, '', 'another on that day');
  await page.locator('.day > [role=alert] a').click();
  await page.locator('.status.confirmed').waitFor();
  check('what stands in the way', page.url(), visit);
  return visit;
}

/** Takes a number in a hall and sees how many are before one. */
async function queue(page, t) {
  await page.goto(`${app}#/tickets`);
  await look(page, t.queue, 'queue');
  await press(page, t.take);
  await page.locator('.ticket .number').waitFor();
  await look(page, t.queue, 'ticket');
  check('the number one has', await page.locator('.rows .state').count(), 1);
  check('nobody is before one', (await page.textContent('.ticket')).includes(t.before), true);
  await press(page, t.leave);
  await page.locator('.ticket').waitFor({ state: 'detached' });
}

/**
 * Applies: what is missing is said at once and at its field, the connection is lost while a photograph is on its way, and the answer to the
 * submission is lost, too. Nothing is lost of it, and there is one case.
 */
async function apply(context, page, t) {
  const item = 'SAMR-009-01';
  const form = await (await fetch(`${api}/v1/catalogue/items/${item}/form`)).json();
  await page.goto(`${app}#/cases`);
  await heading(page, t.cases);
  const before = await page.locator('.rows a').count();
  await page.goto(`${app}#/items/SAMR-034-01`);
  await page.locator('.limits').waitFor();
  check('what is for companies is not offered to a person', `${await page.getByRole('link', { name: t.apply, exact: true }).count()} ${await page.locator('main .note').count()}`, '0 1');
  await page.goto(`${app}#/items/${item}`);
  await page.getByRole('link', { name: t.apply, exact: true }).click();
  await page.locator('.progress').waitFor();
  // What one was reached by in a round before is offered again.
  await page.locator('form > section:not([hidden]) input').first().fill('');
  await press(page, t.next);
  check('what is missing', await page.locator('.summary li').count(), 1);
  await look(page, '', 'something missing');
  check('ways back from the first step', await page.locator('.actions .second:visible').count(), 0);
  await page.locator('form > section:not([hidden]) input').first().fill('13900000000');
  check('what is missing once it is given', await page.locator('form [aria-invalid], .summary li').count(), 0);
  await page.keyboard.press('Tab');
  await resume(page, t, item, { step: 1, form: form.examples[0], contact: { phone: '139 0000-0000' } });
  await look(page, '', 'form');
  check('beginning anew is offered where one comes back', await page.locator('.anew').count(), 1);
  await until('the materials are asked for', async () => {
    if (await page.locator('form > section:not([hidden]) .file:visible').count() > 0) return true;
    await press(page, t.next);
    return false;
  });
  await hand(context, page, t);
  await look(page, '', 'materials');
  await press(page, t.next);
  const checked = page.locator('form > section:not([hidden]) .check');
  const given = await checked.innerText();
  check('what is signed is there to be checked', ['张三', '139 0000-0000', `${form.examples[0].area}`, 'photograph.jpg'].filter((text) => !given.includes(text)).join(), '');
  await checked.getByRole('button').nth(1).click();
  await checked.waitFor({ state: 'detached' });
  await press(page, t.next);
  await checked.waitFor();
  check('and not beside the signature', await page.locator('.anew').count(), 0);
  await page.check('#agreed');
  await look(page, '', 'signature');
  const told = await lostOnce(context, '**/v1/cases');
  await press(page, t.submit);
  await page.locator('.actions [role=alert]:not(:empty)').waitFor();
  await press(page, t.submit);
  await page.locator('.status', { hasText: t.submitted }).waitFor();
  await look(page, '', 'case');
  check('cases of two submissions', `${told.asked} ${new Set(told.made).size}`, '2 1');
  await page.goto(`${app}#/cases`);
  await page.locator('.rows a').first().waitFor();
  check('cases more', await page.locator('.rows a').count() - before, 1);
}

/** What is sent there first arrives, and nobody hears of it; what is made by that and by what is sent again is counted. */
async function lostOnce(context, address) {
  const told = { asked: 0, made: [], keys: [] };
  await context.route(address, async (route) => {
    if (route.request().method() !== 'POST' || told.asked === 2) return route.continue();
    told.asked++;
    told.keys.push(route.request().headers()['idempotency-key']);
    const response = await route.fetch();
    told.made.push((await response.json()).id);
    return told.asked === 1 ? route.abort() : route.fulfill({ response });
  });
  return told;
}

/** Answers a notice that names a field and a material. */
async function correct(page, t) {
  await page.locator('.rows a').first().click();
  await heading(page, '');
  await page.locator('.status').waitFor();
  const id = page.url().split('/').at(-1);
  const { item } = await (await fetch(`${api}/v1/catalogue/items/SAMR-009-01`)).json();
  await ask(`corrected ${id} ${item.materials[0].code}`);
  // What was on the page is not what holds any more: nothing is done by it, and one press shows what does.
  await press(page, t.withdraw);
  await press(page, t.refresh);
  check('what is to be handed in anew', (await page.locator('.note li').last().innerText()).startsWith(t === words.en ? item.materials[0].name.en : item.materials[0].name.zh), true);
  await page.locator('.note').getByRole('link', { name: t.correct }).click();
  await page.locator('form .file input').waitFor({ state: 'attached' });
  await look(page, '', 'correction');
  await press(page, t.hand);
  check('what a correction misses', await page.locator('form [aria-invalid]').count(), 1);
  await page.locator('form [type=number]').fill('88');
  await chooseAgain(page, t);
  await leave(page, t);
  check('the correction is there', `${await page.locator('form [type=number]').inputValue()} ${await page.locator('form [role=status]', { hasText: 'right.png' }).count()}`, '88 1');
  await press(page, t.hand);
  await page.locator('.status', { hasText: t.submitted }).waitFor();

  await page.goto(`${app}#/cases`);
  await page.locator('.rows a').first().waitFor();
}

/** Takes a photograph out again, and another one while it is still being sent: the last one chosen is handed in, however late the former arrives. */
async function chooseAgain(page, t) {
  const choose = (name) => page.locator('form .file input').setInputFiles({ name, mimeType: 'image/png', buffer: small });
  await choose('removed.png');
  await page.locator('form [role=status]', { hasText: t.sent }).waitFor();
  await press(page, t.remove);
  check('what is removed', await page.locator('form [role=status]').innerText(), '');
  let arrive;
  const underWay = new Promise((done) => {
    void page.route('**/v1/uploads/*', (route) => new Promise((late) => { arrive = late; done(); }).then(() => route.continue()).catch(() => undefined), { times: 1 });
  });
  await choose('wrong.png');
  await underWay;
  await choose('right.png');
  await page.locator('form [role=status]', { hasText: 'right.png' }).waitFor();
  arrive();
}

/** Looks at something else in the middle of writing, and comes back. */
async function leave(page, t) {
  const back = page.url();
  await page.goto(`${app}#/settings`);
  await heading(page, t.settings);
  await page.goto(back);
  await page.locator('main:not([aria-busy]) :is(form, textarea)').first().waitFor({ state: 'attached' });
}

/** What the tab keeps of what is written. */
const drafts = (page) => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('onedoor.draft.')).join());

/** Founds a company: what comes after the licence is chosen by the founders, and nothing of it for them (JOINT-1). The document of a step is kept. */
async function found(page, t) {
  const item = 'ESTABLISHMENT';
  const form = await (await fetch(`${api}/v1/catalogue/items/${item}/form`)).json();
  await resume(page, t, item, {
    step: 1, form: form.examples[0], contact: { phone: '13900000000' },
    applicant: { founders: [{ kind: 'person', name: '张三', citizenId: '990000199001010017' }], subject: { name: '天津掌上贸易有限公司', kind: 'company' } },
  });
  const steps = page.locator('form > section:not([hidden]) [type=checkbox]');
  await page.getByText(t.together).waitFor();
  check('steps chosen for one', await page.locator('form > section:not([hidden]) :checked').count(), 0);
  const optional = await steps.count();
  await steps.nth(0).check();
  await look(page, '', 'steps to choose');
  await handIn(page, t);
  await page.locator('.status', { hasText: t.submitted }).waitFor();
  check('steps not chosen', await page.locator('.steps li', { hasText: t.notChosen }).count(), optional - 1);

  const id = page.url().split('/').at(-1);
  await ask(`granted ${id}`);
  await page.goto(`${app}#/cases/${id}?at=granted`);
  await page.getByRole('button', { name: t.download }).first().waitFor();
  await look(page, '', 'case with a document');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `${t.download}准予设立登记通知书` }).click()]);
  check('the document of a step', readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-');
}

/** Sells a property to a company: each signs at its own phone, having read what it signs, and then it is submitted (APP-2). */
async function sell(page, t, language, scheme, text) {
  const item = 'PLAN-007-02';
  const form = await (await fetch(`${api}/v1/catalogue/items/${item}/form`)).json();
  const buyer = { kind: 'legal-entity', name: '沙箱贸易有限公司', uscc: '91990000MA0000007X' };
  await resume(page, t, item, {
    step: 0, form: form.examples[0], contact: { phone: '13900000000' },
    applicant: { jointly: true, parties: [{ role: 'transferor', applicant: { kind: 'person', name: '张三', citizenId: '990000199001010017' } }, { role: 'transferee', applicant: buyer }] },
  });
  await page.locator('.row').nth(1).waitFor();
  await look(page, '', 'parties');
  await handIn(page, t);
  await page.locator('.status.awaiting-signatures').waitFor();
  await look(page, '', 'case to be signed');
  check('who has signed signs no more', await page.locator('#signatory').count(), 0);
  const id = page.url().split('/').at(-1);

  const other = await pickUp(language, scheme, text);
  await signIn(other.page, t, 'enterprise');
  await other.page.goto(`${app}#/cases/${id}`);
  await other.page.locator('#signatory').waitFor();
  await look(other.page, '', 'signature of another party');
  check('what is signed is read', (await other.page.locator('.note').innerText()).includes(form.examples[0].contract), true);
  await press(other.page, t.sign);
  check('unread it is not signed', await other.page.locator('.summary li').count(), 1);
  await other.page.check('#agreed');
  await press(other.page, t.sign);
  await other.page.locator('.status', { hasText: t.submitted }).waitFor();
  // It is told why, and who is right, where the notification says.
  await ask(`turned-away ${id}`);
  await other.page.goto(`${app}#/cases/${id}?at=turned-away`);
  await other.page.locator('.status.not-accepted').waitFor();
  check('why it was not accepted', await other.page.locator('section', { hasText: t.why }).innerText(), `${t.why}\n\n不动产不在综合保税区内。\n\n${t.turnTo}滨海新区不动产登记中心`);
  await actFor(other.page, t);
  check('the other party', other.complaints.join('\n'), '');
  await other.context.close();
}

/** A company sees what was out of the ordinary with what it registered, and is offered its agent of then, who is named where the company says so. */
async function actFor(page, t) {
  await page.goto(`${app}#/cases/${await ask('hired')}`);
  await page.locator('section', { hasText: t.remarks }).locator('li').waitFor();
  await look(page, '', 'case with a remark');
  await page.goto(`${app}#/cases/${await ask('pledged')}`);
  const owed = page.locator('.note', { hasText: t.pledged });
  await owed.getByRole('link').click();
  await page.locator('form .file input').setInputFiles({ name: 'photograph.png', mimeType: 'image/png', buffer: small });
  await page.locator('form [role=status]', { hasText: t.sent }).waitFor();
  await page.locator('form .actions button').click();
  await page.locator('.status.accepted').waitFor();
  check('what is owed once it is handed in', await owed.count(), 0);
  await page.goto(`${app}#/apply/SAMR-009-01`);
  await page.locator('.progress').waitFor();
  await press(page, t.next);
  check('what is missing of an agent nobody named', await page.locator('.summary li').count(), 0);
  await page.locator('.actions .second').click();
  const agent = page.locator('form > section:not([hidden]) details');
  await agent.locator('summary').click();
  await until('the agent is offered', async () => await agent.locator('input').first().inputValue() === '李四');
  await look(page, '', 'agent');
  await press(page, t.next);
  check('what is missing of an agent', await page.locator('.summary li').count(), 1);
}

/** Comes back to a form that somebody has filled in before the camera took the page away. From elsewhere: a form that is open keeps what it holds itself. */
async function resume(page, t, item, filled, renews) {
  await page.goto(`${app}#/settings`);
  await heading(page, t.settings);
  await page.evaluate(([at, kept]) => sessionStorage.setItem(`onedoor.draft.${at}`, JSON.stringify(kept)), [[item, renews].filter(Boolean).join('.'), { materials: [], ...filled }]);
  await page.goto(`${app}#/apply/${item}${renews ? `?renews=${renews}` : ''}`);
  await page.locator('.progress').waitFor();
}

/** From wherever one is in the form to its end: every material is photographed, and it is signed. */
async function handIn(page, t) {
  const shown = page.locator('form > section:not([hidden])');
  await until('the materials are asked for', async () => {
    if (await shown.locator('.file:visible').count() > 0) return true;
    await press(page, t.next);
    return false;
  });
  await photographAll(shown.locator('.file:visible'), t);
  await press(page, t.next);
  await page.check('#agreed');
  await press(page, t.submit);
}

/** Photographs for every field, all on their way at once. */
async function photographAll(fields, t) {
  const all = await fields.all();
  for (const field of all) await field.locator('input').setInputFiles({ name: 'photograph.png', mimeType: 'image/png', buffer: small });
  for (const field of all) await field.locator('xpath=..').locator('[role=status]', { hasText: t.sent }).waitFor();
}

/** Photographs every material. The connection is lost in the middle of the first; and none of what is sent says where it was taken. */
async function hand(context, page, t) {
  const fields = page.locator('form > section:not([hidden]) .file');
  let sent = '';
  let pieces = 0;
  await context.route('**/v1/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    sent += route.request().postDataBuffer().toString('latin1');
    if (++pieces !== 2) return route.continue();
    await context.setOffline(true);
    await route.abort();
    return context.setOffline(false);
  });
  for (let i = 0; i < await fields.count(); i++) {
    await fields.nth(i).locator('input').setInputFiles({ name: 'photograph.jpg', mimeType: 'image/jpeg', buffer: i === 0 ? await photograph(page) : small });
    await page.locator('form > section:not([hidden]) .field').nth(i).locator('[role=status]', { hasText: t.sent }).waitFor();
  }
  await context.unroute('**/v1/uploads/*');
  check('pieces of what was sent', pieces > 3, true);
  check('what the camera wrote', sent.includes('Exif'), false);
}

/** A picture of some hundred kilobytes with what cameras write into it, drawn by the browser itself. */
async function photograph(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(800, 600);
    const pen = canvas.getContext('2d');
    const noise = pen.createImageData(800, 600);
    for (let i = 0; i < noise.data.length; i += 65536) crypto.getRandomValues(noise.data.subarray(i, i + 65536));
    for (let i = 3; i < noise.data.length; i += 4) noise.data[i] = 255;
    pen.putImageData(noise, 0, 0);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })).arrayBuffer())];
  });
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0x00, 0x10]), Buffer.from('Exif\0\0GPS here', 'latin1')]);
  return Buffer.concat([Buffer.from(bytes.slice(0, 2)), exif, Buffer.from(bytes.slice(2))]);
}
const small = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Rates how that was handled: no grade is chosen for one. What the department does about it is read there, and the word on it is the reviewer's. */
async function rate(page, t) {
  await page.locator('.rows a').first().click();
  await page.locator('.status').waitFor();
  check('ratings of what nobody has begun with', await page.getByRole('link', { name: t.rate }).count(), 0);
  const id = page.url().split('/').at(-1);
  await ask(`accepted ${id}`);
  await page.goto(`${app}#/cases/${id}?at=accepted`);
  await page.locator('.status.accepted').waitFor();
  await look(page, '', 'case accepted');
  check('what can be done while it is not decided', await page.locator('h2', { hasText: t.undecided }).count(), 1);
  await page.getByRole('link', { name: t.rate }).click();
  await page.locator('[name=grade]').first().waitFor();
  await look(page, '', 'rating');
  await press(page, t.send);
  check('grades chosen for one', await page.locator('.summary li').count(), 1);
  await page.getByLabel(t.dissatisfied, { exact: true }).check();
  await page.locator('[type=checkbox]').first().check();
  await page.fill('textarea', '要了两次同样的材料。');
  await leave(page, t);
  check('the rating is there', `${await page.getByLabel(t.dissatisfied, { exact: true }).isChecked()} ${await page.locator('[type=checkbox]').first().isChecked()} ${await page.locator('textarea').inputValue()}`, 'true true 要了两次同样的材料。');
  const [given] = await Promise.all([reviewed(page), press(page, t.send)]);
  await page.locator('.words', { hasText: '要了两次同样的材料。' }).waitFor();
  check('what is sent is no draft', await drafts(page), '');
  await ask(`handled ${given.workOrder.id}`);
  await page.goto(`${app}#/reviews/${given.id}?at=again`);
  await page.locator('.words', { hasText: '不再重复索要材料。' }).waitFor();
  await look(page, '', 'what came of it');
  await press(page, t.yes);
  await until('nobody is asked twice', async () => await page.getByRole('button', { name: t.yes, exact: true }).count() === 0);
  await page.goto(`${app}#/reviews`);
  await page.locator('.rows a').first().waitFor();
  await look(page, t.mine, 'reviews');
  return id;
}

const reviewed = async (page) => (await page.waitForResponse((response) => response.url().endsWith('/v1/reviews') && response.request().method() === 'POST')).json();

/** Is served in a hall and rates that: signed in from the number that was followed, and without an account by the code on the paper. */
async function rateVisits(page, t, language, scheme, text) {
  await page.goto(`${app}#/tickets`);
  await heading(page, t.queue);
  // The board is out of order when it is first listened to.
  let listened = 0;
  await page.route('**/v1/halls/*/board', (route) => route.request().resourceType() === 'eventsource' && listened++ === 0 ? route.fulfill({ status: 404 }) : route.continue());
  const [taken] = await Promise.all([page.waitForResponse((response) => /\/tickets$/.test(response.url()) && response.request().method() === 'POST'), press(page, t.take)]);
  await page.locator('.ticket .number').waitFor();
  await until('the board is listened to again', async () => {
    await page.clock.fastForward('00:03');
    return listened > 1;
  });
  await page.unroute('**/v1/halls/*/board');
  const ticket = (await taken.json()).id;
  await ask(`served ${ticket}`);
  await page.locator('.ticket').getByRole('link', { name: t.rateVisit }).click();
  await page.getByLabel(t.verySatisfied, { exact: true }).check();
  await press(page, t.send);
  await page.locator('.status', { hasText: t.verySatisfied }).waitFor();
  await page.goto(`${app}#/tickets`);
  await page.locator('.rows a', { hasText: t.verySatisfied }).first().waitFor();
  await look(page, t.queue, 'visits rated');

  const other = await pickUp(language, scheme, text);
  await other.page.goto(`${app}#/rate?${await ask('visit')}`);
  await other.page.getByLabel(t.satisfied, { exact: true }).check();
  await look(other.page, '', 'rating by a code');
  check('the code in the address', other.page.url().includes('code='), false);
  const [given] = await Promise.all([reviewed(other.page), press(other.page, t.send)]);
  await other.page.locator('h2', { hasText: t.thanks }).waitFor();
  check('what is rated by the code', given.grade, 'satisfied');
  check('without an account', other.complaints.join('\n'), '');
  await other.context.close();
  return ticket;
}

/** Signs a commitment in place of an examination and has the licence at once; renews it in the same way; and files later what could be met later. */
async function commit(page, t) {
  await start(page, t, 'OFFC-017-01');
  await press(page, t.next);
  check('ways chosen for one', await page.locator('.summary li').count(), 1);
  await page.getByLabel(t.commitment).check();
  await look(page, '', 'the way to it');
  await sign(page, t, 'OFFC-017-01', 'commitment');
  await look(page, '', 'granted by commitment');

  await page.locator('.plain a[href^="#/licences/"]').click();
  await page.getByRole('link', { name: t.renew }).waitFor();
  await look(page, '', 'licence to renew');
  const old = page.url().split('/').at(-1);
  await page.getByRole('link', { name: t.renew }).click();
  await sign(page, t, 'OFFC-017-03', 'renewal', old);
  check('what is renewed', await page.locator(`dd a[href="#/licences/${old}"]`).count(), 1);

  await start(page, t, 'OFFC-028');
  await sign(page, t, 'OFFC-028', 'commitment for later');
  await press(page, t.met);
  await until('it is filed that the conditions are met', async () => await page.locator('dt', { hasText: t.filed }).count() === 1);
}

async function start(page, t, item) {
  await page.goto(`${app}#/items/${item}`);
  await page.getByRole('link', { name: t.apply, exact: true }).click();
  await page.locator('#way-commitment').waitFor();
}

/** From the form on, as somebody has filled it in, to the licence: what the commitment covers is not asked for, and its whole text is read before it is signed. */
async function sign(page, t, item, what, renews) {
  const [form, terms] = await Promise.all(['form', 'commitment'].map(async (part) => (await fetch(`${api}/v1/catalogue/items/${item}/${part}`)).json()));
  await page.locator('#way-commitment').waitFor();
  // The licence that is renewed is known to the app.
  const { licence: _, ...filled } = form.examples?.[0] ?? {};
  await resume(page, t, item, { step: 2, way: 'commitment', form: filled, contact: { phone: '13900000000' } }, renews);
  const shown = page.locator('form > section:not([hidden])');
  const fields = shown.locator('.file:visible');
  await until('the materials are asked for', async () => {
    if (await fields.count() > 0) return true;
    await press(page, t.next);
    return false;
  });
  check(`what the ${what} covers`, await shown.locator('.field[hidden]').count(), terms.covers.length);
  await photographAll(fields, t);
  await press(page, t.next);
  await page.check('#agreed');
  if (terms.kind === 'to-be-met') await page.fill('.note [type=date]', await page.evaluate(() => new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)));
  check(`the whole text of the ${what}`, (await page.locator('.note .words').innerText()).trim(), (t === words.en ? terms.terms.en : terms.terms.zh).trim());
  await press(page, t.submit);
  check(`the ${what} unsigned`, await page.locator('.summary li').count(), 1);
  await page.check('#committed');
  await look(page, '', what);
  await press(page, t.submit);
  await page.locator('.status.granted').waitFor();
}

/** Complains without a name: the code is shown once and leads back to it, and nothing of it stays on the phone. */
async function complain(context, page, t) {
  await page.goto(`${app}#/complain`);
  await look(page, t.complain, 'complaint');
  await page.locator('select').selectOption('hall airport');
  const hall = await page.locator('option:checked').innerText();
  await page.fill('textarea', '窗口无人应答，等了一小时。');
  check('what is kept under one’s name', await drafts(page), 'onedoor.draft.complaint.');
  await page.getByLabel(t.anonymous).check();
  await page.fill('textarea', '窗口无人应答，等了一个多小时。');
  check('what is kept without one', await drafts(page), '');
  for (const language of [words[t.other], t]) {
    await page.locator('body > header .plain').click();
    await heading(page, language.complain);
    check('what is written, in another language', `${await page.locator('textarea').inputValue()} ${await page.getByLabel(language.anonymous).isChecked()} ${await drafts(page)}`, '窗口无人应答，等了一个多小时。 true ');
  }
  await comeAndGo(context, page);
  check('what is written while the connection comes and goes', await page.locator('textarea').inputValue(), '窗口无人应答，等了一个多小时。');
  let told = '';
  context.on('request', (request) => { if (request.url().endsWith('/v1/complaints') && request.method() === 'POST') told = request.headers().authorization ?? 'nobody'; });
  await press(page, t.file);
  await page.locator('.once').waitFor();
  check('who complains', told, 'nobody');
  await look(page, '', 'code');
  await page.getByRole('link', { name: t.see }).click();
  await page.locator('.words').waitFor();
  check('what it is about', await page.locator('main dd').first().innerText(), hall);
  await comeAndGo(context, page);
  await page.goto(`${app}#/complain`);
  await heading(page, t.complain);
  await page.locator('.notes').getByRole('link', { name: t.showCode }).waitFor();
  check('the code leaves room elsewhere', await page.locator('.once').count(), 0);
  await page.locator('.notes').getByRole('link', { name: t.showCode }).click();
  await page.locator('.words').waitFor();
  await press(page, t.kept);
  await page.locator('.once').waitFor({ state: 'detached' });
  await look(page, '', 'complaint followed');
  let asked = 0;
  page.on('request', (request) => { if (request.url().includes('/v1/complaints/')) asked++; });
  await page.reload();
  await page.locator('main form').waitFor();
  check('an anonymous complaint is not asked for by who one is', asked, 0);
  check('the code is forgotten', await page.locator('.words').count(), 0);
  await page.locator('main form input').nth(1).fill('0000');
  await press(page, t.follow);
  await page.locator('main form [role=alert]:not(:empty)').waitFor();
}

/** The connection is lost for a moment, and back. */
async function comeAndGo(context, page) {
  await context.setOffline(true);
  await context.setOffline(false);
  // Whatever that makes the app do, it has done.
  await page.evaluate(() => new Promise((done) => { setTimeout(done, 100); }));
}

/** Complains under one's name about a visit, with a photograph and without a connection; is answered, not satisfied, and has it handled once more. */
async function complainByName(context, page, t, ticket) {
  await page.goto(`${app}#/complain?ticket=${ticket}&number=A001`);
  await page.fill('textarea', '窗口让我白跑了一趟。');
  await page.locator('.file input').setInputFiles({ name: 'photograph.png', mimeType: 'image/png', buffer: small });
  await page.locator('.file input').nth(1).waitFor({ state: 'attached' });
  await leave(page, t);
  check('the complaint is there', `${await page.locator('textarea').inputValue()} ${await page.locator('.file input').count()}`, '窗口让我白跑了一趟。 2');
  await look(page, t.complain, 'complaint by name');
  await context.setOffline(true);
  await press(page, t.file);
  await page.locator('.held', { hasText: t.offline }).waitFor();
  await press(page, t.fileLater);
  await page.locator('.notes', { hasText: t.waits }).waitFor();
  await context.setOffline(false);
  const note = page.locator('.notes .note', { hasText: t.done });
  await note.getByRole('link').click();
  await page.locator('.words').waitFor();
  const [id] = page.url().match(/[0-9a-f-]{36}/);
  await press(page, t.fine);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t.download }).click()]);
  check('the attachment, drawn anew', readFileSync(await download.path()).subarray(0, 3).toString('hex'), 'ffd8ff');
  await ask(`answered ${id}`);
  await page.goto(`${app}#/complaints/${id}?own=yes&at=answered`);
  await page.locator('.status', { hasText: t.answered }).waitFor();
  await look(page, '', 'complaint answered');
  await press(page, t.no);
  await until('nobody is asked twice', async () => await page.getByRole('button', { name: t.no, exact: true }).count() === 0);
  await page.locator('summary', { hasText: t.reopen }).click();
  await page.fill('textarea', '没有人问过我。');
  await leave(page, t);
  await page.locator('details[open] textarea').waitFor();
  check('the reason is there', await page.locator('textarea').inputValue(), '没有人问过我。');
  await press(page, t.reopen);
  await page.locator('.status', { hasText: t.reopened }).waitFor();
  check('what is sent is no draft', await drafts(page), '');
  check('what happened to it', await page.locator('section', { hasText: t.happened }).locator('.steps li').count(), 5);
  await look(page, '', 'complaint reopened');
}

/** A token ends while somebody looks elsewhere: another takes its place, once, and nobody is asked anything. */
async function stay(context, page, t) {
  let exchanges = 0;
  const count = (request) => { if (request.method() === 'POST' && request.postData()?.includes('grant_type=refresh_token')) exchanges++; };
  context.on('request', count);
  await context.clock.fastForward('15:00');
  await page.goto(`${app}#/cases`);
  await heading(page, t.cases);
  await page.locator('.rows a').first().click();
  await page.locator('.status').waitFor();
  context.off('request', count);
  check('tokens taken anew', exchanges, 1);
}

/** The connection goes: the app starts all the same, shows what was seen, and books when there is one again, once. */
async function offline(context, page, t, visit) {
  await page.goto(`${app}#/appointments`);
  await heading(page, t.visits);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`${app}#/book/OFFC-017-01`);
  await page.locator('.day').first().waitFor();
  await context.setOffline(true);
  await page.locator('.day').nth(2).locator('summary').click();
  await page.locator('.day').nth(2).locator('button').first().click();
  await page.locator('.held', { hasText: t.offline }).waitFor();
  await look(page, '', 'no connection');
  await press(page, t.later);
  await page.locator('.notes', { hasText: t.waits }).waitFor();

  const second = await context.newPage();
  await second.goto(visit);
  await second.locator('.note', { hasText: t.offline }).waitFor();
  check('the visit as last seen', await second.locator('.status.confirmed').count(), 1);
  await look(second, '', 'as last seen');

  // Nobody is signed in but who signs in again: the tab that started without a connection does, and sends what waits.
  await page.goto('about:blank');
  await context.setOffline(false);
  await second.locator('.notes', { hasText: t.done }).waitFor();
  check('who is signed in where the app started without a connection', await second.locator('.inbox').count(), 1);
  // A page behind another is drawn once a second.
  await page.bringToFront();
  await page.goto(app);
  await page.locator('.notes', { hasText: t.done }).waitFor();
  await press(page, t.fine);
  await until('it is no longer said', async () => await page.locator('.notes .note').count() === 0);
  await page.goto(`${app}#/appointments`);
  await page.locator('.rows a').nth(2).waitFor();
  await look(page, t.visits, 'visits');
  return second;
}

/** Shows a licence at a counter, where there is no connection. */
async function show(context, page, t) {
  const number = await ask('licence');
  await page.goto(`${app}#/licences`);
  await look(page, t.licences, 'licences');
  await until('the licence is kept', () => page.evaluate((number) => new Promise((done) => {
    const opened = indexedDB.open('onedoor');
    opened.onsuccess = () => {
      opened.result.transaction('seen').objectStore('seen').getAllKeys().onsuccess = ({ target }) => { opened.result.close(); done(target.result.some((key) => key.endsWith(`licence ${number}`))); };
    };
  }), number));
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.goto(`${app}#/licences/${number}`);
  await page.locator('.note', { hasText: t.offline }).waitFor();
  check('the code is drawn', await page.locator('.code img').evaluate((img) => img.decode().then(() => img.naturalWidth > 100)), true);
  await look(page, '', 'licence');
  await context.setOffline(false);
  return number;
}

/** Is told that it is to be revoked, answers that and asks for a hearing (MODE-4), and finds in writing what was told. */
async function speak(page, t, number) {
  await ask(`noticed ${number}`);
  await page.goto(`${app}#/licences/${number}?at=noticed`);
  await page.locator('.held textarea').waitFor();
  await look(page, '', 'licence to be revoked');
  await press(page, t.speak);
  check('what is said of nothing', await page.locator('.summary li').count(), 1);
  await page.fill('.held textarea', '证明是真的。');
  await page.locator('.held [type=checkbox]').check();
  await press(page, t.speak);
  await page.locator('.held .words', { hasText: '证明是真的。' }).waitFor();
  check('a hearing is asked for once', await page.locator('.held [type=checkbox]').count(), 0);
  check('what was told in writing', await page.locator('main [lang=zh-CN]', { hasText: '告知书' }).count(), 1);
  await ask(`cleared ${number}`);
}

/** Reads what one was told of that licence; what is read is no longer counted. */
async function told(page, t, seen) {
  const unread = page.locator('.rows .new');
  await page.goto(`${app}#/notifications`);
  await look(page, t.inbox, 'notifications');
  const before = await unread.count();
  await until('the inbox counts what is unread', async () => Number((await page.textContent('.inbox')).replace(/\D/g, '')) === before && before > 0);
  check('what its page has shown is read', await page.locator(`.rows a[href="#/cases/${seen}"]`).count() > 0 && await page.locator(`.rows a[href="#/cases/${seen}"] .new`).count() === 0, true);
  const first = page.locator('.rows a', { has: page.locator('.new') }).first();
  const same = await page.locator(`.rows a[href="${await first.getAttribute('href')}"] .new`).count();
  await first.click();
  await page.locator('main:not([aria-busy]) .status').waitFor();
  await until('it is read', async () => {
    await page.goto(`${app}#/notifications`);
    await heading(page, t.inbox);
    return await unread.count() === before - same;
  });
}

/** The visits are moved and given up again. */
async function giveUp(context, page, t) {
  for (const place of [0, 0, 0]) {
    await page.goto(`${app}#/appointments`);
    await page.locator('h1 + div > .rows a').nth(place).click();
    await page.getByRole('link', { name: t.move }).click();
    await page.locator('.day').nth(3).locator('summary').click();
    await page.locator('.day').nth(3).locator('button').last().click();
    await page.locator('.status.confirmed').waitFor();
    const told = await lostOnce(context, '**/cancellation');
    await press(page, t.cancel);
    await page.locator('.action [role=alert]:not(:empty)').waitFor();
    await press(page, t.cancel);
    await page.locator('.status.cancelled').waitFor();
    await context.unroute('**/cancellation');
    check('keys of what was pressed until there was an answer', new Set(told.keys).size, 1);
  }
}

/** Comes at the visit's time, checks in by the phone, and waits with the number. */
async function checkIn(page, t) {
  await page.goto(`${app}#/book/OFFC-017-01`);
  await page.locator('.day[open] button').first().click();
  await page.locator('.held').waitFor();
  await press(page, t.confirm);
  await page.locator('.status.confirmed').waitFor();
  await page.clock.setSystemTime(new Date(await ask(`due ${page.url().match(/[0-9a-f-]{36}/)[0]}`)));
  await page.reload();
  await press(page, t.here);
  await page.locator('.status.checked-in').waitFor();
  await look(page, '', 'checked in');
  const number = await page.textContent('dd a[href="#/tickets"]');
  await page.click('dd a[href="#/tickets"]');
  await page.locator('.ticket .number', { hasText: number }).waitFor();
  await press(page, t.leave);
  await page.locator('.ticket').waitFor({ state: 'detached' });
}

/** A place is held while somebody looks elsewhere: when that is over the app says so and offers what is free then. An answer that comes late comes of one press, and books one visit. */
async function lookTooLong(context, page, t) {
  await page.goto(`${app}#/book/OFFC-017-01`);
  const free = page.locator('.day').last().locator('button');
  const slot = free.last();
  await page.locator('.day').last().locator('summary').click();
  const time = await slot.textContent();
  // Of what was given up nothing is said any more.
  await slot.click();
  await page.locator('.held').waitFor();
  await page.locator('.held .second').click();
  await page.locator('.held').waitFor({ state: 'detached' });
  await ask('later 2');
  await page.clock.fastForward('02:00');
  await slot.click();
  await page.locator('.held').waitFor();
  await page.clock.fastForward('08:30');
  check('the hold is another’s', `${await page.locator('.held').count()} ${await page.locator('[role=alert]', { hasText: t.over }).count()}`, '1 0');
  await ask('later 15');
  await page.clock.fastForward('15:00');
  await page.locator('[role=alert]', { hasText: t.over }).waitFor();
  await until('what is free is offered', async () => await slot.textContent() === time);
  await look(page, '', 'hold over');

  await page.locator('.day').last().evaluate((day) => { day.open = true; });
  let answered;
  const late = new Promise((done) => { answered = done; });
  let asked = 0;
  await context.route('**/v1/appointments', async (route) => {
    if (route.request().method() === 'POST') { asked++; await late; }
    return route.continue();
  });
  await free.first().click();
  check('what was pressed says so', await free.first().getAttribute('aria-busy'), 'true');
  await look(page, '', 'a late answer');
  for (const button of [0, 1]) {
    const { x, y, width, height } = await free.nth(button).boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
  }
  answered();
  await page.locator('.held').waitFor();
  await context.unroute('**/v1/appointments');
  check('commands of three presses', asked, 1);
  await press(page, t.confirm);
  await page.locator('.status.confirmed').waitFor();
  // The next round books on that day.
  await press(page, t.cancel);
  await page.locator('.status.cancelled').waitFor();
}

/** The phone sleeps in the middle of a complaint until the session is over: the app says so, and what was written is there when one has signed in again. */
async function oversleep(context, page, t) {
  const { revocationEndpoint, client } = await (await fetch(`${app}/settings.json`)).json();
  let refresh;
  const hear = async (response) => { if (response.url().endsWith('/token') && response.ok()) refresh = (await response.json()).refresh_token; };
  context.on('response', hear);
  await context.clock.fastForward('15:00');
  await page.goto(`${app}#/complain`);
  await page.goto(`${app}#/cases`);
  await heading(page, t.cases);
  await until('a token is taken anew', async () => refresh);
  context.off('response', hear);
  await page.goto(`${app}#/complain`);
  await page.locator('select').selectOption('hall airport');
  await page.fill('textarea', '窗口叫号太快。');
  await fetch(revocationEndpoint, { method: 'POST', body: new URLSearchParams({ token: refresh, client_id: client }) });
  await context.clock.fastForward('15:00');
  await press(page, t.file);
  await page.locator('[role=alert]', { hasText: t.again }).waitFor();
  await look(page, t.complain, 'session over');
  await page.locator('[role=alert]').getByRole('button', { name: t.signIn }).click();
  await page.waitForURL(/#\/complain/);
  await heading(page, t.complain);
  check('what was written is there', await page.locator('textarea').inputValue(), '窗口叫号太快。');
  await page.locator('select').selectOption('hall airport');
  await press(page, t.file);
  await page.locator('.words').waitFor();
}

/** Comes back from the identity server with an answer that belongs to nothing: that is said, and goes on being said while the app does what it does. */
async function fail(context, page, t) {
  await page.goto(`${app}?state=unknown&error=server_error`);
  await page.locator('.notes', { hasText: t.failed }).waitFor();
  await context.clock.fastForward('00:30');
  await comeAndGo(context, page);
  check('the failed sign-in is said', await page.locator('.notes', { hasText: t.failed }).count(), 1);
  await page.reload();
  await page.locator('.inbox').waitFor();
}

/** Another tab has been open all the time; afterwards nothing of the person is left in either. */
async function signOut(context, page, second, t) {
  await second.bringToFront();
  await second.goto(`${app}#/cases`);
  await look(second, t.cases, 'cases');
  // Somebody is in the middle of an application there.
  await second.goto(`${app}#/apply/SAMR-009-01`);
  await second.locator('.progress').waitFor();
  await second.locator('form input').first().fill('13922222222');
  await second.keyboard.press('Tab');
  await second.locator('form input').nth(1).pressSequentially('zhang@');
  check('what the other tab holds', await second.evaluate(() => Object.keys(sessionStorage).sort().join()), 'onedoor.draft.SAMR-009-01,onedoor.drafter');
  await page.bringToFront();
  await page.goto(`${app}#/settings`);
  await look(page, t.settings, 'settings');
  // It leaves for the identity server, and comes back to the beginning.
  const back = page.waitForEvent('load');
  await press(page, t.signOut);
  await back;
  await heading(page, t.find);
  await heading(second, t.find);
  for (const [name, tab] of Object.entries({ page, second })) check(`what is left in the ${name}`, await left(tab), JSON.stringify({ records: 0, session: 0, local: 'onedoor.look', caches: 0 }));
  await second.reload();
  await heading(second, t.find);
  await page.goto(`${app}#/cases`);
  await page.getByRole('button', { name: t.signIn }).waitFor();
}

/** Whoever signs in next where somebody did not sign out sees nothing of theirs, and nothing of it stays. */
async function signInAfterSomebody(page, t) {
  await page.evaluate(() => new Promise((done) => {
    localStorage.setItem('onedoor.signed-in', 'yes');
    sessionStorage.setItem('onedoor.drafter', 'somebody');
    sessionStorage.setItem('onedoor.draft.SAMR-009-01', '{"step":0,"materials":[],"contact":{"phone":"13911111111"}}');
    const opened = indexedDB.open('onedoor');
    opened.onsuccess = () => {
      const writing = opened.result.transaction(['seen', 'outbox'], 'readwrite');
      const waiting = { writtenAt: '2026-01-01T00:00:00Z', expiresAt: '2099-01-01T00:00:00Z', outcome: { expired: true } };
      writing.objectStore('seen').put('somebody', 'owner');
      writing.objectStore('outbox').put({ ...waiting, key: 'a', owner: 'somebody', what: { kind: 'booking', itemName: '别人的预约', start: '2026-01-01T00:00:00Z' } });
      writing.objectStore('outbox').put({ ...waiting, key: 'b', owner: null, what: { kind: 'complaint', body: { anonymous: true, text: '别人的投诉' } } });
      writing.oncomplete = () => { opened.result.close(); done(); };
    };
  }));
  await page.reload();
  await heading(page, '');
  check('what of somebody is seen', await page.locator('.notes', { hasText: '别人的预约' }).count(), 0);
  await signIn(page, t);
  await page.goto(`${app}#/apply/SAMR-009-01`);
  await page.locator('.progress').waitFor();
  // What one was reached by last is offered again, to oneself.
  check('whose draft it is', await page.locator('form input').first().inputValue(), '13900000000');
  check('what waits of somebody', await page.locator('.notes .note').count(), 0);
  check('what is kept of somebody', await page.evaluate(() => new Promise((done) => {
    const opened = indexedDB.open('onedoor');
    opened.onsuccess = () => {
      const reading = opened.result.transaction(['seen', 'outbox']);
      const found = [];
      for (const name of ['seen', 'outbox']) reading.objectStore(name).getAll().onsuccess = ({ target }) => found.push(target.result);
      reading.oncomplete = () => { opened.result.close(); done(/somebody|别人/.test(JSON.stringify(found))); };
    };
  })), false);
}

/** Signs out where the identity server cannot be told: that is said, and the next one to sign in is asked for a password. */
async function signOutUnheard(context, page, t) {
  await page.goto(`${app}#/settings`);
  await page.getByRole('button', { name: t.signOut }).waitFor();
  await context.setOffline(true);
  await press(page, t.signOut);
  await page.locator('.note', { hasText: t.unheard }).waitFor();
  await look(page, t.settings, 'half signed out');
  await context.setOffline(false);
  await press(page, t.signIn);
  await page.locator('#password').waitFor();
}

/** What is left on the phone, and in a tab. */
const left = (tab) => tab.evaluate(async () => JSON.stringify({
  records: (await Promise.all((await indexedDB.databases()).map(({ name }) => new Promise((done) => {
    const opened = indexedDB.open(name);
    opened.onsuccess = () => {
      const stores = [...opened.result.objectStoreNames], counts = [];
      const counting = opened.result.transaction(stores);
      for (const store of stores) counting.objectStore(store).count().onsuccess = ({ target }) => counts.push(target.result);
      counting.oncomplete = () => { opened.result.close(); done(counts.reduce((sum, count) => sum + count, 0)); };
    };
  })))).reduce((sum, count) => sum + count, 0), session: sessionStorage.length, local: Object.keys(localStorage).join(),
  caches: (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat().filter((path) => path.startsWith('/v1')).length,
}));

/** Lighthouse, on a phone that it slows down. */
async function measure() {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'lighthouse/node_modules/lighthouse/cli/index.js', app, '--quiet', '--output=json', '--no-enable-error-reporting', '--only-categories=performance,accessibility,best-practices', '--chrome-flags=--headless --no-sandbox',
  ], { env: { ...process.env, CHROME_PATH: executablePath }, maxBuffer: 100_000_000 });
  const { categories, audits } = JSON.parse(stdout);
  const short = Object.values(categories).filter(({ score }) => !(score >= 0.95)).map(({ id, score, auditRefs }) => `${id} ${score} (${auditRefs.filter((of) => audits[of.id].score < 0.9).map((of) => of.id)})`);
  check('Lighthouse', short.join(', '), '');
}

for (const [language, scheme, text] of rounds) {
  const t = words[language];
  const { context, page, complaints } = await pickUp(language, scheme, text);
  try {
    await signIn(page, t);
    await find(page, t);
    const visit = await book(context, page, t);
    await queue(page, t);
    await apply(context, page, t);
    await correct(page, t);
    const rated = await rate(page, t);
    const ticket = await rateVisits(page, t, language, scheme, text);
    await found(page, t);
    await sell(page, t, language, scheme, text);
    await commit(page, t);
    await complain(context, page, t);
    await complainByName(context, page, t, ticket);
    await speak(page, t, await show(context, page, t));
    await told(page, t, rated);
    const second = await offline(context, page, t, visit);
    await giveUp(context, page, t);
    await checkIn(page, t);
    await lookTooLong(context, page, t);
    await stay(context, page, t);
    if (isLong) await oversleep(context, page, t);
    await fail(context, page, t);
    await signOut(context, page, second, t);
    await signInAfterSomebody(page, t);
    await signOutUnheard(context, page, t);
    const workers = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    await page.goto(`${app}/reset`);
    await look(page, t.toReset, 'reset');
    check('workers before its button is pressed', await workers(), 1);
    await page.getByRole('button', { name: t.clear }).click();
    await heading(page, t.reset);
    check('workers after a reset', await workers(), 0);
  } catch (error) {
    await picture(page, 'app-failed').catch(() => undefined);
    complaints.push(`${error.message}\n${page.url()} says: ${(await page.innerText('body').catch(() => 'nothing')).slice(0, 800)}`);
  }
  check(`${language} ${scheme}`, complaints.join('\n'), '');
  await context.close();
}

if (isLong) await measure();
await finish();
