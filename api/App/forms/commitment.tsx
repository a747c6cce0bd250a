// Granted at once by a commitment, or examined first (告知承诺): the choice, and the text that is signed.
import { h } from '../jsx';
import type { Schema } from '../api';
import type { Draft } from '../application';
import { t } from '../look';
import { Field, writtenOut } from '../parts';
import { dayOf, department, limit, tx } from '../words';

export class CommitmentFields {
  /** Which way it is to go; neither is chosen for anybody. */
  readonly choice: HTMLElement;
  /** What is signed, where it is to go by commitment. */
  readonly signing: HTMLElement;
  private readonly ways: HTMLInputElement[];
  private readonly agreed = <input type="checkbox" id="committed" /> as HTMLInputElement;
  private readonly meetBy: HTMLInputElement | null;

  constructor(item: Schema['Item'], private readonly terms: Schema['CommitmentTerms'], draft: Draft, changed: () => void) {
    this.ways = ['ordinary', 'commitment'].map((way) => <input type="radio" name="way" id={`way-${way}`} value={way} checked={draft.way === way} onchange={changed} /> as HTMLInputElement);
    this.meetBy = terms.kind === 'to-be-met'
      ? <input type="date" min={dayOf(Date.now())} value={draft.meetBy} aria-required="true" onchange={changed} /> as HTMLInputElement
      : null;
    const covered = item.materials.filter(({ code }) => terms.covers.includes(code)).map(({ name }) => tx(name)).join(t('、', ', '));
    const text = (): HTMLElement => <p class="words" lang={t('zh-CN', 'en')}>{tx(terms.terms).split('\n').map((line) => <span>{line}</span>)}</p>;
    const meetWithin = terms.meetWithin ? limit(terms.meetWithin) : '';
    this.choice = (
      <div>
        <fieldset class="field choice">
          <legend>{t('怎样办理', 'How it is decided')}</legend>
          <label class="pick">{this.ways[0]}<span><strong>{t('一般程序', 'Examined first')}</strong><span class="hint">{t(
            `提交全部材料，由${department(item.decidedBy)}审查后决定。法定时限 ${limit(item.statutoryLimit!)}。`,
            `You hand in everything. It is examined, then decided, by: ${department(item.decidedBy)}. By law within ${limit(item.statutoryLimit!)}.`)}</span></span></label>
          <label class="pick">{this.ways[1]}<span><strong>{t('告知承诺', 'By commitment')}</strong><span class="hint">{t(
            `您签署承诺书，当场准予，事前不审查。${covered && `无需提交：${covered}。`}${meetWithin && `条件可在 ${meetWithin} 内达到，达到之前不得经营。`}决定后 ${limit(terms.inspectWithin)}内核查；与承诺不符的，依法撤销并记入信用记录。`,
            `You sign a commitment, and it is granted at once, unexamined. ${covered && `Not needed: ${covered}. `}${meetWithin && `The conditions may be met within ${meetWithin}; until then nothing is allowed yet. `}It is looked into within ${limit(terms.inspectWithin)}; what proves untrue is annulled and goes on record.`)}</span></span></label>
        </fieldset>
        <p class="hint">{t('由您自由选择，不影响办理结果；选择一般程序不需要说明理由。', 'The choice is free. You need not give a reason for the ordinary procedure.')}</p>
        <details><summary>{t('阅读承诺书全文', 'Read the whole commitment')}</summary>{text()}</details>
      </div>
    );
    this.signing = (
      <section class="note held">
        <h2>{t('告知承诺书', 'The commitment')}</h2>
        {text()}
        <details><summary>{t('文本摘要', 'Digest of the text')}</summary><code>{terms.digest}</code></details>
        {this.meetBy ? <Field label={t('最迟在哪一天达到条件', 'The last day by which the conditions are met')} pointer="/commitment/meetBy">{this.meetBy}{writtenOut(this.meetBy)[0]}</Field> : null}
        <div class="field" data-pointer="/commitment"><label class="pick" for="committed">{this.agreed}{t('我已阅读承诺书全文，自愿承诺', 'I have read all of it, and commit myself of my own free will')}</label></div>
      </section>
    );
    this.ask();
  }

  get isChosen(): boolean {
    return this.ways[1]!.checked;
  }

  /** Which way it is to go, in words. */
  get chosen(): string {
    return this.isChosen ? t('告知承诺', 'By commitment') : t('一般程序', 'Examined first');
  }

  /** Codes of what need not be handed in. */
  get covers(): readonly string[] {
    return this.isChosen ? this.terms.covers : [];
  }

  ask(): void {
    this.signing.hidden = !this.isChosen;
  }

  kept(): Pick<Draft, 'way' | 'meetBy'> {
    const way = this.ways.find(({ checked }) => checked)?.value;
    return { ...(way && { way }), ...(this.meetBy?.value && { meetBy: this.meetBy.value }) };
  }

  value(signatory: string): Schema['CommitmentGiven'] {
    return { digest: this.terms.digest, signatory, ...(this.meetBy?.value && { meetBy: this.meetBy.value }) };
  }

  *wrongs(): Generator<{ element: HTMLElement; words: string }> {
    if (!this.ways.some(({ checked }) => checked)) yield { element: this.choice.querySelector<HTMLElement>('fieldset')!, words: t('请选择。', 'Choose one.') };
    if (!this.isChosen) return;
    if (this.meetBy?.value === '') yield { element: this.meetBy.closest<HTMLElement>('.field')!, words: t('请填写。', 'This is needed.') };
    if (!this.agreed.checked) yield { element: this.agreed.closest<HTMLElement>('.field')!, words: t('请先阅读承诺书并勾选同意。', 'Read the commitment and agree to it first.') };
  }
}
