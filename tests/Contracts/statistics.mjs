// The figures as anybody finds them, with the halls of the day: they work under their policy, on a phone too, and axe finds nothing serious.
import { check, desk, finish, fits, phone, picture, serious, visit } from './browser.mjs';

const address = process.argv[2];

for (const viewport of [desk, phone]) {
  await visit(`${address}/statistics`, viewport, async (page) => {
    check('halls are named', await page.locator('#today-title + p + table tbody tr').count(), 4);
    await picture(page, 'statistics');
    check('the figures fit', await fits(page), true);
    check('axe on the figures', await serious(page), '');
  });
}

await finish();
