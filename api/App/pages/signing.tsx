// What several apply for jointly: each signs at their own device, and it is submitted when all have.
import { h } from '../jsx';
import { answer, api, command, must, type Schema } from '../api';
import { answersOf } from '../forms/answers';
import type { FormSchema } from '../forms/schema';
import { t } from '../look';
import { Sheet } from '../parts';
import { go } from '../place';
import * as session from '../session';
import { day, tx } from '../words';

type Party = Schema['JointParty'];

/** Who has signed and who has not; and for who is signed in and has not, what is signed, and where. */
export async function signing(of: Schema['CaseView'], tag: string): Promise<HTMLElement> {
  const parties = of.applicant.parties ?? [];
  const { code, version } = of.item;
  const { item } = await must(api.GET('/v1/catalogue/items/{code}', { params: { path: { code }, query: { version } } }));
  const role = (party: Party): string => tx(item.roles.find((one) => one.code === party.role)!.name);
  const me = session.person()?.name;
  const mine = parties.filter(({ applicant }) => applicant.name === me);
  const hasSigned = mine.length > 0 && mine.every(({ signature }) => signature);
  return (
    <section class="note held">
      <h2>{t('各方签署', 'The signatures')}</h2>
      {of.signBy ? <p>{t(`请在 ${day(of.signBy)}前（含当日）全部签署，逾期视为未提交。`, `Everyone must sign by ${day(of.signBy)}; otherwise the application lapses.`)}</p> : null}
      <ul class="plain">{parties.map((party) => (
        <li>{role(party)}{t('：', ': ')}{party.applicant.name} <span class="quiet">{party.signature ? t(`已签署，${party.signature.signatory}`, `signed by ${party.signature.signatory}`) : t('尚未签署', 'has not signed')}</span></li>
      ))}</ul>
      {hasSigned || !me ? null : await ownSignature(of, tag)}
    </section>
  );
}

async function ownSignature(of: Schema['CaseView'], tag: string): Promise<HTMLElement> {
  const { code, version } = of.item;
  const [declaration, form] = await Promise.all([
    must(api.GET('/v1/declaration')),
    must(api.GET('/v1/catalogue/items/{code}/form', { params: { path: { code }, query: { version } } })),
  ]);
  const signatory = <input id="signatory" autocomplete="name" maxlength="100" aria-required="true" value={session.person()!.name} /> as HTMLInputElement;
  const agreed = <input type="checkbox" id="agreed" /> as HTMLInputElement;
  return (
    <Sheet
      label={t('签署', 'Sign')}
      wrongs={() => agreed.checked ? [] : [{ element: agreed.closest<HTMLElement>('.field')!, words: t('请先阅读并同意声明。', 'Read the declaration and agree to it first.') }]}
      submit={async (key) => {
        const body = { digest: declaration.digest, signatory: signatory.value.trim() };
        await answer(api.POST('/v1/cases/{id}/signatures', { params: { path: { id: of.id }, ...command(tag, key(body)) }, body }));
        go(['cases', of.id], { at: Date.now().toString(36) });
      }}>
      <h3>{t('申请内容', 'The application')}</h3>
      {answersOf(form as unknown as FormSchema, of.form as Record<string, unknown>)}
      <p>{tx(declaration.text)}</p>
      <div class="field" data-pointer="/signatory"><label for="signatory">{t('签署人', 'Signed by')}</label>{signatory}</div>
      <div class="field"><label class="pick" for="agreed">{agreed}{t('我已阅读并作出以上声明', 'I have read this and declare it')}</label></div>
    </Sheet>
  );
}
