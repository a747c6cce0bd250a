// The page that a document's QR code leads to, on a phone, a desk and a wide screen, and what it says of a token that is not the document's.
import { check, desk, finish, fits, phone, picture, serious, visit } from './browser.mjs';

const address = process.argv[2];

for (const viewport of [phone, desk, { width: 1920, height: 1080 }]) {
  await visit(address, viewport, async (page) => {
    check('genuine', (await page.textContent('.verdict.good')).includes('Genuine'), true);
    await picture(page, `verify-${viewport.width}`);
    check('the page fits', await fits(page), true);
    check('axe', await serious(page), '');
  });
}
await visit(`${address.slice(0, -8)}AAAAAAAA&lang=zh-CN`, phone, async (page) => {
  check('not genuine', (await page.textContent('.verdict.bad')).includes('不一致'), true);
  await picture(page, 'verify-forged');
  check('axe on a forgery', await serious(page), '');
});

await finish();
