// ENTRY-1: an enterprise watches its batch in the app while the lines become cases, and has the file of those to mend.
//   node batch.mjs http://… (the API) http://… (the identity server)
// It asks for "file", the batch in base64, and "path", where it is sent.
import { readFileSync } from 'node:fs';
import { ask } from './ask.mjs';
import { browser, check, desk, finish, fits, phone, picture, serious, until } from './browser.mjs';

const [, , api, identity] = process.argv;
const wide = { width: 1920, height: 1080 };

const context = await browser.newContext({ viewport: desk, locale: 'zh-CN', acceptDownloads: true });
const page = await context.newPage();
page.setDefaultTimeout(30_000);
const complaints = [];
page.on('console', (m) => { if (m.type() === 'error') complaints.push(m.text()); });
page.on('pageerror', (e) => complaints.push(e.message));
let authorization;
page.on('request', (request) => {
  if (![api, identity].some((server) => request.url().startsWith(server)) && !request.url().startsWith('blob:')) complaints.push(`asks elsewhere: ${request.url()}`);
  authorization = request.headers().authorization ?? authorization;
});

await page.goto(`${api}/app#/cases`);
await page.getByRole('button', { name: '登录', exact: true }).click();
await page.fill('#name', 'enterprise');
await page.fill('#password', 'sandbox');
await page.click('form button');
await page.locator('main:not([aria-busy]) h1', { hasText: '我的办件' }).waitFor();

// The same person sends it, whose token the page has.
const sent = await fetch(new URL(await ask('path'), api), {
  method: 'POST', headers: { Authorization: authorization, 'Content-Type': 'text/csv', 'Idempotency-Key': 'watched' }, body: Buffer.from(await ask('file'), 'base64'),
});
const batch = await sent.json();
check('sent', sent.status, 202);
await page.getByRole('link', { name: '批量录入' }).click();
const place = page.locator(`a[href="#/batches/${batch.id}"]`);
await place.waitFor();
for (const viewport of [phone, desk, wide]) {
  await page.setViewportSize(viewport);
  check(`the list fits at ${viewport.width}`, await fits(page), true);
  check(`axe on the list at ${viewport.width}`, await serious(page), '');
  await picture(page, 'batches');
}
await place.click();

const bar = page.locator('progress');
const counts = page.locator('#counts');
await bar.waitFor();
const seen = new Set();
await until('the batch is done', async () => seen.add(await bar.evaluate((at) => at.value)) && (await page.locator('.status').textContent()) === '已完成');
check('the bar moved without being asked', seen.size > 1, true);
check('the bar is full', await bar.evaluate((at) => at.value === at.max), true);
check('what came of it', await counts.textContent(), `共 ${batch.lines} 行：已成办件 ${batch.lines - 2} 行，有问题 2 行，剩余 0 行`);
await page.locator('.plain .wrong').nth(1).waitFor();
check('what is wrong', await page.locator('.plain .wrong').count(), 2);

const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载 CSV 文件' }).click()]);
check('the file to mend', readFileSync(await download.path(), 'utf8').trim().split('\r\n').length, 3);
check('its name', download.suggestedFilename(), `${batch.id}-report.csv`);

for (const viewport of [phone, desk, wide]) {
  await page.setViewportSize(viewport);
  check(`it fits at ${viewport.width}`, await fits(page), true);
  check(`axe at ${viewport.width}`, await serious(page), '');
  await picture(page, 'batch');
}
await page.getByRole('button', { name: 'English' }).click();
await page.locator('main:not([aria-busy]) h1', { hasText: 'Batch' }).waitFor();
check('in English', await counts.textContent(), `${batch.lines} lines: ${batch.lines - 2} done, 2 bad, 0 left`);
await picture(page, 'batch-en');
check('what the browser complains of', complaints.join('\n'), '');
await finish();
