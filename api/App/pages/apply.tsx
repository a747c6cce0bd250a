// Applying: who, what the item's form asks section by section, what is handed in, and the signature. Everything stands on one page, of which one
// step is shown at a time, so that what is refused can be shown wherever it is.
import { h } from '../jsx';
import { answer, api, must, type Schema } from '../api';
import { drafted, drop, keep, keyOf, written, type Draft } from '../application';
import { answersOf, membersOf } from '../forms/answers';
import * as who from '../forms/applicant';
import { CommitmentFields } from '../forms/commitment';
import { draw, Members, wrongs, type Drawing, type Drawn } from '../forms/fields';
import type { FormSchema } from '../forms/schema';
import { t } from '../look';
import { busy, clearRefusals, facts, page, refusalWords, showRefusals, showWrongs, type Page } from '../parts';
import { go, to, type Place } from '../place';
import * as session from '../session';
import { previewOf } from '../preview';
import { tx } from '../words';
import { MaterialFields } from '../forms/materials';

/** @property given What is given in it, to be checked before it is signed; null of the signature itself. */
type Step = { name: string; element: HTMLElement; given: (() => (HTMLElement | null | undefined)[]) | null };

/** Whether somebody applies for it here: on the phone or online, for themselves. */
export const canApply = (item: Schema['Item'], hasForm: boolean): boolean =>
  hasForm && !item.confidential && (item.channels.includes('mobile') || item.channels.includes('online'));

/** Applies for a matter, or, where a licence is named, for its renewal. */
export async function applyPage({ path, query }: Place): Promise<Page> {
  const code = path[1]!;
  const [{ item }, form, declaration] = await Promise.all([
    must(api.GET('/v1/catalogue/items/{code}', { params: { path: { code } } })),
    must(api.GET('/v1/catalogue/items/{code}/form', { params: { path: { code }, query: { prefill: true } } })),
    must(api.GET('/v1/declaration')),
  ]);
  const renews = query.get('renews');
  const canCommit = item.commitment && (renews ? item.renewalByCommitment : item.commitmentEligible);
  const [{ preview, notFor }, terms] = await Promise.all([previewOf(item), canCommit ? must(api.GET('/v1/catalogue/items/{code}/commitment', { params: { path: { code } } })) : null]);
  if (notFor) return page(tx(item.name), <p class="note">{refusalWords(notFor)}</p>, <p><a href={to(['items', code])}>{t('返回事项', 'Back to the matter')}</a></p>);
  return page(
    tx(item.name),
    renews ? <p>{t('延续的证照：', 'Renews: ')}<a href={to(['licences', renews])}><code>{renews}</code></a></p> : null,
    ...new Application({ item, form: form as unknown as FormSchema, declaration, preview, terms, renews }).elements(),
  );
}

type Asked = { item: Schema['Item']; form: FormSchema; declaration: Schema['SignedText']; preview: Schema['ItemPreview'] | null; terms: Schema['CommitmentTerms'] | null; renews: string | null };

class Application {
  private readonly item: Schema['Item'];
  private readonly declaration: Schema['SignedText'];
  private readonly renews: string | null;
  private readonly name: string;
  private readonly draft: Draft;
  private readonly steps: Step[] = [];
  private readonly summary = <div role="alert" class="summary"></div>;
  private readonly progress = <p class="progress" tabindex="-1"></p>;
  private readonly whole = <form novalidate onsubmit={(event: Event) => { event.preventDefault(); void this.next(); }}></form>;
  private readonly forward = <button></button>;
  private readonly back = <button type="button" class="second" onclick={() => this.turnTo(this.draft.step - 1)}>{t('上一步', 'Back')}</button>;
  private readonly alert = <p role="alert"></p>;
  private readonly answers: Members;
  private readonly applicant: Members | null;
  private readonly chosen: Members | null;
  private readonly contact: Members;
  private readonly agent: Drawn | null;
  private readonly commitment: CommitmentFields | null;
  private readonly materials: MaterialFields;
  private readonly proved: Schema['Material'][];
  private readonly later: Schema['Material'][];
  /** What is signed, as it is given by then. */
  private readonly checked = <div class="check"></div>;
  /** Whether what is mended leads back there. */
  private isMending = false;
  private readonly anew: HTMLElement | null;
  private readonly signatory = <input id="signatory" autocomplete="name" maxlength="100" aria-required="true" oninput={() => this.changed()} /> as HTMLInputElement;
  private readonly agreed = <input type="checkbox" id="agreed" /> as HTMLInputElement;

  constructor({ item, form, declaration, preview, terms, renews }: Asked) {
    [this.item, this.declaration, this.renews] = [item, declaration, renews];
    this.name = [item.code, renews].filter(Boolean).join('.');
    this.anew = written(this.name) === null ? null : this.offerAnew();
    this.draft = drafted(this.name);
    const drawing = (of: FormSchema): Drawing => ({ form: of, changed: () => this.changed() });
    const besides = drawing(who.plain);
    const asked = who.applicant(item);
    this.applicant = asked && new Members(asked, besides);
    const steps = item.applicants.includes('founders') ? item.procedure.steps.filter(({ after }) => after.length > 0) : [];
    this.chosen = steps.length > 0 ? new Members(who.chosen(steps), besides) : null;
    this.contact = new Members(who.contact, besides);
    this.agent = item.applicants.includes('person') && item.applicants.length === 1 ? null : draw(who.agent, besides, false);
    this.answers = new Members(form, drawing(form), form['x-onedoor'].order);
    this.commitment = terms && new CommitmentFields(item, terms, this.draft, () => this.changed());
    this.proved = item.materials.filter(({ code }) => preview?.proved.some((proved) => proved.code === code));
    const due = item.materials.filter(({ neededBy }) => neededBy === 'submission');
    this.later = item.materials.filter((material) => !due.includes(material) && !this.proved.includes(material));
    this.materials = new MaterialFields(due.filter((material) => !this.proved.includes(material)), ({ required, deferrable }) => required && !deferrable, this.draft.materials, () => this.changed());
    for (const [members, pointer] of [[this.applicant, '/applicant'], [this.chosen, ''], [this.contact, '/contact'], [this.agent, '/agent'], [this.answers, '/form']] as const) members?.stand?.(pointer);
    this.answers.fill(prefilled(form, renews));
    const { offered } = form['x-onedoor'];
    if (offered?.contact) this.contact.fill(offered.contact.value);
    // Without the authority nobody acts for the company: the agent of last time is there for who opens it, and named by nobody else.
    if (offered?.agent && !this.draft.agent) this.agent?.element.querySelector('details')!.addEventListener('toggle', () => {
      this.agent!.fill(offered.agent!.value);
      this.changed();
    }, { once: true });
    for (const name of ['applicant', 'chosen', 'contact', 'agent'] as const) if (this.draft[name]) this[name]?.fill(this.draft[name]);
    if (this.draft.form) this.answers.fill(this.draft.form);
    this.signatory.value = this.draft.signatory ?? session.person()!.name;
    this.lay(form);
    this.ask();
  }

  elements(): HTMLElement[] {
    this.whole.append(...this.steps.map(({ element }) => element), <div class="actions">{this.forward}{this.alert}{this.back}</div>);
    this.turnTo(Math.min(this.draft.step, this.steps.length - 1), { quietly: true });
    return [this.progress, ...this.anew ? [this.anew] : [], this.summary, this.whole];
  }

  /** What is offered where one comes back to what one has begun, until one goes on with it. */
  private readonly offerAnew = (): HTMLElement => (
    <p class="hint anew">{t('这里有您之前填写的内容。', 'What you filled in before is here.')} <button type="button" class="plain" onclick={() => {
      if (!confirm(t('之前填写的内容会全部清除。确定重新填写？', 'Whatever you filled in will be gone. Begin anew?'))) return;
      this.isBegunAnew = true;
      drop(this.name);
      dispatchEvent(new HashChangeEvent('hashchange'));
    }}>{t('清空，重新填写', 'Begin anew')}</button></p>
  );

  /** The steps: who, the form's sections, the materials, the signature. */
  private lay(form: FormSchema): void {
    if (this.commitment) this.step(t('办理方式', 'Your choice'), () => [<p>{this.commitment!.chosen}</p>], this.commitment.choice);
    const alone = this.applicant && !who.mayApplyAlone(this.item) ? null : session.person()!.name;
    this.step(t('申请人', 'Who applies'),
      () => [facts([[t('申请人', 'Applicant'), alone]]), ...[this.applicant, this.contact].map((part) => part && membersOf(part.schema, part.value())), this.agent?.value() ? <p><strong>{tx(who.agent['x-onedoor'].label)}</strong></p> : null, membersOf(who.agent, this.agent?.value())],
      alone ? <p>{t('申请人：', 'Applicant: ')}<strong>{alone}</strong></p> : null,
      this.applicant?.element,
      <h2>{t('联系方式', 'How to reach you')}</h2>, this.contact.element,
      this.agent?.element);
    if (this.chosen) this.step(t('一并办理', 'Together with it'), () => [membersOf(this.chosen!.schema, this.chosen!.value())], this.chosen.element);
    const { sections } = form['x-onedoor'];
    for (const section of sections.length > 0 ? sections : [{ code: undefined, name: { zh: '申请内容', en: 'The application' } }]) {
      const element = <section></section>;
      const named: string[] = [];
      for (const [name, field] of this.answers.fields) {
        const of = form.properties![name]!['x-onedoor'].section;
        if (of !== section.code && (section !== sections[0] || sections.some(({ code }) => code === of))) continue;
        named.push(name);
        element.append(field.element);
      }
      // The one group of a section needs not be called what the section is.
      const [only] = element.children.length === 1 ? element.children : [];
      if (only?.querySelector(':scope > legend')?.firstChild?.textContent === tx(section.name)) only.classList.add('alone');
      this.step(tx(section.name), () => [answersOf(form, this.answers.value() ?? {}, named)], element);
    }
    if (this.item.materials.length > 0) {
      this.step(t('材料', 'Materials'), () => [facts(this.materials.value().map(({ code, name }) => [tx(this.item.materials.find((of) => of.code === code)!.name), name]))], this.materials.element,
        this.proved.length > 0 ? <p>{t('已有电子证照，无需提交：', 'Proved by your licences, not needed: ')}{this.proved.map(({ name }) => tx(name)).join(t('、', ', '))}</p> : null,
        this.later.length > 0 ? <p>{t('以后提交，需要时会通知您：', 'Later, when you are told: ')}{this.later.map(({ name }) => tx(name)).join(t('、', ', '))}</p> : null);
    }
    this.step(t('签署并提交', 'Sign and submit'), null,
      <details open><summary>{t('请核对您填写的内容', 'Check what you filled in')}</summary>{this.checked}</details>,
      this.commitment?.signing,
      <p>{tx(this.declaration.text)}</p>,
      <div class="field" data-pointer="/declaration/signatory"><label for="signatory">{t('签署人', 'Signed by')}</label>{this.signatory}</div>,
      <div class="field"><label class="pick" for="agreed">{this.agreed}{t('我已阅读并作出以上声明', 'I have read this and declare it')}</label></div>);
  }

  private step(name: string, given: Step['given'], ...children: (HTMLElement | null | undefined)[]): void {
    this.steps.push({ name, element: <section hidden>{children}</section>, given });
  }

  /** Everything that is signed, each part with the way to where it is mended. */
  private check(): void {
    this.checked.replaceChildren(...this.steps.flatMap(({ name, given }, i) => given ? [(
      <section>
        <h2>{name} <button type="button" class="plain" aria-label={t(`修改：${name}`, `Change: ${name}`)} onclick={() => this.mend(i)}>{t('修改', 'Change')}</button></h2>
        {given()}
      </section>
    )] : []));
    // Where nothing is given, that is what is signed.
    for (const part of this.checked.children) if (!part.querySelector('dd, p')) part.append(<p class="quiet">{t('没有填写。', 'Nothing is filled in.')}</p>);
  }

  private changed(): void {
    this.ask();
    this.keep();
  }

  private ask(): void {
    const top = this.answers.value() ?? {};
    this.answers.ask(top);
    this.applicant?.ask({});
    this.answers.stand('/form');
    this.applicant?.stand('/applicant');
    this.commitment?.ask();
    this.materials.ask(this.commitment?.covers ?? []);
    this.materials.stand('/materials');
  }

  // A file that is still sent ends after its page has gone, and keeps what it was on no more.
  private isBegunAnew = false;

  private keep(): void {
    if (this.isBegunAnew) return;
    Object.assign(this.draft, {
      applicant: this.applicant?.value(), chosen: this.chosen?.value(), contact: this.contact.value(), agent: this.agent?.value(), form: this.answers.value(), materials: this.materials.value(), signatory: this.signatory.value,
      ...this.commitment?.kept(),
    });
    keep(this.name, this.draft);
  }

  private turnTo(step: number, { quietly = false } = {}): void {
    this.draft.step = step;
    this.steps.forEach(({ element }, i) => { element.hidden = i !== step; });
    this.progress.replaceChildren(t(`第 ${step + 1} 步，共 ${this.steps.length} 步：`, `Step ${step + 1} of ${this.steps.length}: `), <strong>{this.steps[step]!.name}</strong>);
    this.back.hidden = step === 0;
    this.forward.textContent = step === this.steps.length - 1 ? t('提交申请', 'Submit') : t('下一步', 'Next');
    this.alert.textContent = '';
    if (step === this.steps.length - 1) {
      this.check();
      this.isMending = false;
    }
    if (quietly) return;
    this.anew?.remove();
    this.keep();
    this.progress.focus();
    scrollTo(0, 0);
  }

  private mend(step: number): void {
    this.isMending = true;
    this.turnTo(step);
  }

  private async next(): Promise<void> {
    clearRefusals(this.whole, this.summary);
    const step = this.steps[this.draft.step]!;
    const all = [...this.wrongs()];
    const wrong = all.filter(({ element }) => step.element.contains(element));
    const last = this.steps.length - 1;
    // From what was mended straight back to the signature, unless something else is asked for now.
    const after = (i: number): boolean => i > this.draft.step && (!this.isMending || i === last || all.some(({ element }) => this.steps[i]!.element.contains(element)));
    if (wrong.length > 0) showWrongs(this.summary, wrong);
    else if (this.draft.step < last) this.turnTo(this.steps.findIndex((_, i) => after(i)));
    else await busy(this.forward, this.alert, () => this.submit(), (problem) => showRefusals(this.whole, this.summary, problem, (input) => this.reveal(input)));
  }

  private *wrongs(): Generator<{ element: HTMLElement; words: string }> {
    for (const members of [this.applicant, this.chosen, this.contact, this.agent?.value() ? this.agent : null, this.answers]) if (members) yield* wrongs(members);
    if (this.commitment) yield* this.commitment.wrongs();
    yield* this.materials.wrongs();
    if (!this.agreed.checked) yield { element: this.agreed.closest<HTMLElement>('.field')!, words: t('请先阅读并同意声明。', 'Read the declaration and agree to it first.') };
  }

  private reveal(input: HTMLElement): void {
    this.mend(this.steps.findIndex(({ element }) => element.contains(input)));
    input.closest('details')?.setAttribute('open', '');
    input.focus();
  }

  private async submit(): Promise<void> {
    this.keep();
    const { applicant, chosen, contact, agent, form, materials } = this.draft;
    const signatory = this.signatory.value.trim();
    const body = {
      item: this.item.code, channel: this.item.channels.includes('mobile') ? 'mobile' : 'online', ...(applicant ? { applicant: this.named(applicant) } : {}),
      // Left out, it would be all of them.
      ...(this.chosen ? { chosen: (chosen as { chosen?: string[] } | undefined)?.chosen ?? [] } : {}),
      form: form ?? {}, contact, ...(agent ? { agent } : {}), materials,
      declaration: { digest: this.declaration.digest, signatory },
      ...(this.commitment?.isChosen ? { commitment: this.commitment.value(signatory) } : {}), ...(this.renews ? { renews: this.renews } : {}),
    } as unknown as Schema['SubmitCaseRequest'];
    const { data } = await answer(api.POST('/v1/cases', { body, params: { header: { 'Idempotency-Key': keyOf(this.name, this.draft, body) } } }));
    drop(this.name);
    go(['cases', data.id]);
  }

  /** An applicant as the platform takes it. */
  private named(applicant: unknown): unknown {
    if (this.item.applicants.includes('employer')) {
      const { worker, ...company } = applicant as { worker: object };
      return { kind: 'employer', ...company, worker: { kind: 'person', ...worker } };
    }
    if (this.item.roles.length > 0) {
      const { jointly = true, parties } = applicant as { jointly?: boolean; parties: object[] };
      return jointly ? { kind: 'joint-parties', parties } : undefined;
    }
    return { kind: 'founders', representative: 0, ...(applicant as object) };
  }
}

/** What the person has given before and is offered again, and the licence that is renewed. */
const prefilled = (form: FormSchema, renews: string | null): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(form.properties ?? {}).filter(([, field]) => field.default !== undefined).map(([name, field]) => [name, field.default])),
  ...(renews && form.properties?.['licence']?.['x-onedoor'].type === 'licence' ? { licence: renews } : {}),
});

