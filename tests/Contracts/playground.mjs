// The playground as a person uses it: signs in, submits, watches; is told when the token has ended; pastes another; leaves.
// Departments and the clock are the test's (see PagesJourney), which is asked for them line by line.
import { answered, check, desk, execute, finish, fits, phone, picture, serious, turnTo, until, visit } from './browser.mjs';
import { ask } from './ask.mjs';

const [, , api, identity] = process.argv;
const says = (page, text) => page.locator('#who', { hasText: text }).waitFor();

async function signIn(page) {
  await page.click('#sign-in');
  await page.fill('#name', 'enterprise');
  await page.fill('#password', 'sandbox');
  await picture(page, 'sign-in');
  await page.click('form button');
  await says(page, 'cases:submit');
}

/** Replaces what the variables editor holds. */
async function fillVariables(page, variables) {
  await page.locator('.graphiql-editor-tool .CodeMirror').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(JSON.stringify(variables));
}

for (const viewport of [desk, phone]) {
  await visit(`${api}/playground`, viewport, async (page) => {
    await says(page, 'Not signed in');
    await signIn(page);
    await turnTo(page, 'Submit');
    await execute(page);
    const { case: submitted, problem } = JSON.parse(await answered(page, '"number"')).data.submitCase;
    check('the submission', problem ?? submitted.status, 'SUBMITTED');
    await picture(page, 'submitted');

    await turnTo(page, 'Watch');
    await fillVariables(page, { id: submitted.id });
    await execute(page);
    await answered(page, '"SUBMITTED"');
    const step = await ask(`decide ${submitted.id}`);
    const changed = JSON.parse(await answered(page, '"GRANTED"')).data.caseChanged;
    check('the step decided elsewhere', changed.steps.find(({ code }) => code === step).status, 'GRANTED');
    await picture(page, 'watched');
    check('axe while signed in', await serious(page), '');

    await ask('expire');
    await says(page, 'has expired');
    await answered(page, '4403');
    await picture(page, 'expired');
    check('axe on expiry', await serious(page), '');
    await page.click('#sign-in'); // The identity server still knows who this is.
    await says(page, 'cases:submit');
    await turnTo(page, 'Cases');
    await execute(page);
    await answered(page, submitted.id);

    // Without a subscription the next request tells.
    await ask('expire');
    await execute(page);
    await says(page, 'has expired');
    await answered(page, 'auth.token-expired');

    const isKept = () => page.evaluate((id) => JSON.stringify(localStorage).includes(id), submitted.id);
    await until('what was typed is kept', isKept);
    await page.click('#sign-out');
    await says(page, 'Not signed in');
    check('what was typed is not kept', await isKept(), false);
    await page.click('#sign-in');
    await page.locator('#password').waitFor(); // Somebody else may sign in.
    await page.goBack();

    await page.click('#use-token');
    await page.fill('#pasted', 'no token');
    await page.click('#use');
    await page.locator('#paste-wrong', { hasText: 'not an access token' }).waitFor();
    await picture(page, 'pasting');
    check('axe on pasting', await serious(page), '');
    await page.fill('#pasted', await ask('token'));
    await page.click('#use');
    await says(page, 'sandbox-market-regulation');
    await turnTo(page, 'Cases');
    await execute(page);
    await until('the department sees the case', async () => (await answered(page, '"nodes"')).includes(submitted.number));
    check('the playground fits', await fits(page), true);
    await picture(page, 'pasted');
    await page.click('#sign-out');
    await says(page, 'Not signed in');
    check('tabs after all this', await page.locator('.graphiql-tab').count(), 6);
  }, { servers: [identity], expected: /401/ });
}

await finish();
