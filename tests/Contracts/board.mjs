// The big screen of a hall: it shows who is called, as it happens, says when it is cut off, and finds back by itself.
import { ask } from './ask.mjs';
import { browser, check, desk, finish, fits, phone, picture, serious, until, visit } from './browser.mjs';

const address = process.argv[2];
const wall = { width: 1920, height: 1080 };

await visit(`${address}/board/lingang`, wall, async (page) => {
  await page.waitForSelector('#hall:has-text("临港")');
  await ask('open');
  await until('the window is told of', async () => (await page.textContent('#groups tbody tr')).includes('1'));
  const first = await ask('call');
  await page.waitForSelector(`#call strong:has-text("${first}")`);
  check('it is in the list', (await page.textContent('#calls tbody')).includes(first), true);
  check('the number is large enough for ten metres', await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('#call strong')).fontSize)) > 100, true);
  await picture(page, 'board');
  check('everything fits', await fits(page) && await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true);
  check('axe on the board', await serious(page), '');

  await page.context().setOffline(true);
  await page.waitForSelector('#cut:not([hidden])');
  const second = await ask('call');
  await picture(page, 'board-cut');
  check('what was heard last is kept', (await page.textContent('#calls tbody')).includes(first), true);
  await page.context().setOffline(false);
  await page.waitForSelector('#cut', { state: 'hidden' });
  await page.waitForSelector(`#calls tbody:has-text("${second}")`);

  await ask('serve');
  await page.waitForSelector('#groups tbody tr:has-text("min, by 1 since")');
  check('who serves is there, and of whom nobody serves how long is unknown', await page.$$eval('#groups tbody tr', (rows) => rows.slice(0, 2).map((row) => row.cells[2].textContent + row.cells[3].textContent.slice(0, 2)).join()), '1 2 30–,无none未知');
  await picture(page, 'board-waits');
  check('everything fits', await fits(page) && await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true);
  check('axe on the board', await serious(page), '');
}, { expected: /503|ERR_INTERNET_DISCONNECTED|ERR_FAILED/ });

// Two windows call at one instant.
await visit(`${address}/board/lingang`, wall, async (page) => {
  await page.waitForSelector('#calls tbody tr');
  await page.clock.install();
  const [one, other] = (await ask('two')).split(' ');
  await page.waitForSelector(`#call strong:has-text("${one}")`);
  await page.waitForSelector(`#calls tbody:has-text("${other}")`);
  await page.clock.runFor(6_000);
  check('the first has a time of its own', (await page.textContent('#call')).includes(one), true);
  await page.clock.runFor(2_500);
  await page.waitForSelector(`#call strong:has-text("${other}")`);
  await page.clock.runFor(6_000);
  check('so has the second', (await page.textContent('#call')).includes(other), true);
});

for (const viewport of [desk, phone]) {
  await visit(`${address}/board/lingang`, viewport, async (page) => {
    await page.waitForSelector('#calls tbody tr');
    await picture(page, 'board');
    check('the board fits', await fits(page), true);
    check('axe on the board', await serious(page), '');
  });
}

check('there is no board of no hall', (await (await (await browser.newContext()).newPage()).goto(`${address}/board/moon`)).status(), 404);
await finish();
