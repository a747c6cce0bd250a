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

// The windows' own screens: one waits, one calls, one has served, one is closed.
for (const viewport of [wall, desk, phone]) {
  for (const [window, says] of [[1, '请等候叫号'], [2, '请到本窗口办理'], [3, '请评价本次服务'], [6, '暂停服务']]) {
    await visit(`${address}/board/lingang/${window}`, viewport, async (page) => {
      await page.waitForSelector(`#now:has-text("${says}")`);
      check('it says which window it is', (await page.textContent('#window strong')), `${window}`);
      check('the code is drawn where somebody was served, and nowhere else', await page.$$eval('#now img', (images) => Promise.all(images.map((image) => image.decode().then(() => image.naturalWidth > 0))).then(String)), window === 3 ? 'true' : '');
      await picture(page, `board-window-${window}`);
      check('the window fits', await fits(page) && (viewport === phone || await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)), true);
      check('axe on the window', await serious(page), '');
    });
  }
}
await visit(`${address}/board/lingang/3`, wall, async (page) => {
  await page.waitForSelector('#now.rate');
  await page.context().setOffline(true);
  await page.waitForSelector('#cut:not([hidden])');
  await page.context().setOffline(false);
  await page.waitForSelector('#cut', { state: 'hidden' });
  const next = await ask('next');
  await page.waitForSelector(`#now.called strong:has-text("${next}")`);
  check('the code is gone with the next call', await page.$$eval('#now img', (images) => images.length), 0);
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

  // Who is gone from the window is called there no more, be it at the top or before their turn there.
  await ask('miss');
  await page.clock.runFor(2_500);
  await page.waitForSelector('#call:empty');
  const [third, gone] = [await ask('next'), await ask('call')];
  await page.waitForSelector(`#call strong:has-text("${third}")`);
  await page.waitForSelector(`#calls tbody:has-text("${gone}")`);
  await ask('miss');
  await page.waitForSelector(`#calls tbody:not(:has-text("${gone}"))`);
  await page.clock.runFor(8_500);
  check('who is missed is not called', (await page.textContent('#call')).includes(gone), false);
  check('who is called still stays', (await page.textContent('#call')).includes(third), true);
});

await ask('close');
await visit(`${address}/board/lingang`, wall, async (page) => {
  await page.waitForSelector('#call.closed:empty');
  const says = await page.getAttribute('#call', 'data-closed');
  check('a hall that is closed says when it opens', says.replace(/\d+月\d+日周[一二三四五六日] (08:30|13:00)/, '…').replace(/Opens [A-Z][a-z]{2} \d+ [A-Z][a-z]+ at (08:30|13:00)/, 'Opens …'), '大厅未开放，… 开放\nClosed. Opens …');
});

for (const viewport of [desk, phone]) {
  await visit(`${address}/board/lingang`, viewport, async (page) => {
    await page.waitForSelector('#calls tbody tr');
    await picture(page, 'board');
    check('the board fits', await fits(page), true);
    check('axe on the board', await serious(page), '');
  });
}

for (const [path, says] of [['moon', '没有这个大厅'], ['lingang/99', '没有这个窗口']]) {
  await visit(`${address}/board/${path}?lang=zh-CN`, phone, async (page) => {
    check('what there is not says so', (await page.textContent('h1')).includes(says), true);
    check('and which boards there are', await page.$$eval('main li a', (links) => links.length), 4);
    await picture(page, `board-none-${says.length}`);
    check('axe on a board that there is not', await serious(page), '');
  }, { expected: /404/ });
}
await finish();
