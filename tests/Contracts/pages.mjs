// The landing page and the playground as anybody finds them: they work under their policy, on a phone too, and axe finds nothing serious.
import { answered, check, desk, execute, finish, fits, phone, picture, serious, turnTo, visit } from './browser.mjs';

const address = process.argv[2];

for (const viewport of [desk, phone]) {
  await visit(`${address}/`, viewport, async (page) => {
    await page.waitForSelector('#sandbox:not([hidden])');
    const clients = await page.textContent('#clients');
    check('clients are named', ['tax', 'housing-fund', 'kiosk', 'app'].filter((name) => !clients.includes(`sandbox-${name}`)).join(), '');
    await picture(page, 'landing');
    check('the landing page fits', await fits(page), true);
    check('axe on the landing page', await serious(page), '');
  });
  await visit(`${address}/playground`, viewport, async (page) => {
    await page.waitForSelector('.graphiql-execute-button');
    check('tabs', await page.locator('.graphiql-tab').count() >= 6, true);
    // At once, before the editor has worked out what it holds.
    await turnTo(page, 'Clock');
    await execute(page);
    await answered(page, '2020-05-28');
    await picture(page, 'playground');
    check('the playground fits', await fits(page), true);
    check('axe on the playground', await serious(page), '');
  });
}

await finish();
