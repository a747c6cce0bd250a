// Draws the fields of a form, each by its type; knows what has been answered, hides what is not asked, and says what is plainly wrong
// before anything is sent. The platform has the last word, and says it at the same places.
import { h } from '../jsx';
import { t } from '../look';
import { writtenOut } from '../parts';
import { date, tx } from '../words';
import { SentFile } from './sent';
import { dayOfName, holds, type About, type FieldSchema, type FormSchema } from './schema';

type Answers = Record<string, unknown>;

/** A field on the page. */
export interface Drawn {
  element: HTMLElement;
  /** The answer; undefined where there is none. */
  value(): unknown;
  fill(value: unknown): void;
  /** Shows what is asked now and hides the rest. */
  ask?(top: Answers, beside?: Answers): void;
  /** Says at which pointer its answer will stand. */
  stand?(pointer: string): void;
  /** What is wrong with it, at a glance. */
  wrong?(): string | null;
  parts?(): Drawn[];
}

export type Drawing = { form: FormSchema; changed: () => void };

let made = 0;
const newId = (): string => `a${++made}`;

/** The members of an object, in their order, with those that are not asked hidden. */
export class Members implements Drawn {
  readonly element: HTMLElement = <div></div>;
  readonly fields = new Map<string, Drawn>();
  private readonly hidden = new Set<string>();

  constructor(readonly schema: FieldSchema, drawing: Drawing, order = schema['x-onedoor']?.order ?? Object.keys(schema.properties ?? {})) {
    for (const name of order) {
      const part = schema.properties![name]!;
      const needed = schema.required?.includes(name) === true || schema.allOf?.some(({ then }) => then?.required?.includes(name)) === true;
      const drawn = draw(part, drawing, needed);
      this.fields.set(name, drawn);
      this.element.append(drawn.element);
    }
  }

  value(): Answers | undefined {
    const answers = Object.fromEntries([...this.fields].filter(([name]) => !this.hidden.has(name)).map(([name, field]) => [name, field.value()]).filter(([, value]) => value !== undefined));
    return Object.keys(answers).length > 0 ? answers : undefined;
  }

  fill(value: unknown): void {
    for (const [name, field] of this.fields) {
      const given = (value as Answers | undefined)?.[name];
      if (given !== undefined) field.fill(given);
    }
  }

  ask(top: Answers, beside: Answers = {}): void {
    // What is hidden answers nothing, on which others may depend in their turn.
    for (const [name, field] of this.fields) {
      const isAsked = holds(this.schema.properties![name]!['x-onedoor'].when, { ...beside, ...this.value() }, top);
      field.element.hidden = !isAsked;
      if (isAsked) this.hidden.delete(name);
      else this.hidden.add(name);
      field.ask?.(top);
    }
  }

  stand(pointer: string): void {
    for (const [name, field] of this.fields) stand(field, `${pointer}/${name}`);
  }

  parts(): Drawn[] {
    return [...this.fields].filter(([name]) => !this.hidden.has(name)).map(([, field]) => field);
  }
}

function stand(field: Drawn, pointer: string): void {
  field.element.dataset['pointer'] = pointer;
  field.stand?.(pointer);
}

/** Every field that has something wrong, with what it is. */
export function* wrongs(field: Drawn): Generator<{ element: HTMLElement; words: string }> {
  const words = field.wrong?.();
  if (words) yield { element: field.element, words };
  for (const part of field.parts?.() ?? []) yield* wrongs(part);
}

/** Draws one field. */
export function draw(schema: FieldSchema, drawing: Drawing, needed: boolean): Drawn {
  const about = schema['x-onedoor'];
  switch (about.type) {
    case 'boolean': return oneOf(about, needed, [{ code: 'true', name: { zh: '是', en: 'Yes' } }, { code: 'false', name: { zh: '否', en: 'No' } }], drawing, (code) => code === 'true', String);
    case 'choice': return oneOf(about, needed, about.choices!, drawing, (code) => code, String);
    case 'choices': return anyOf(schema, about, needed, drawing);
    case 'person': case 'entity': case 'address': return group(about, needed, new Members(drawing.form.$defs![about.type]!, drawing), drawing);
    case 'group': return group(about, needed, new Members(schema, drawing), drawing);
    case 'list': return rows(schema, about, needed, drawing);
    case 'file': return file(about, needed, drawing);
    default: return line(schema, about, needed, drawing);
  }
}

const optional = (needed: boolean): HTMLElement | null => needed ? null : <span class="optional">{t('选填', 'optional')}</span>;
const missing = (): string => t('请填写。', 'This is needed.');

function labelled(about: About, needed: boolean, input: HTMLElement, beside?: HTMLElement): HTMLElement {
  input.id = newId();
  if (about.help) input.setAttribute('aria-describedby', `${input.id}-help`);
  return (
    <div class="field">
      <label for={input.id}>{tx(about.label)}{about.unit ? t(`（${about.unit.zh}）`, ` (${about.unit.en})`) : ''}{optional(needed)}</label>
      {about.help ? <p class="hint" id={`${input.id}-help`}>{tx(about.help)}</p> : null}
      {beside ?? input}
    </div>
  );
}

/** Whatever is typed or picked in one input. */
function line(schema: FieldSchema, about: About, needed: boolean, drawing: Drawing): Drawn {
  const isNumber = about.type === 'integer' || about.type === 'decimal' || about.type === 'money';
  const isLong = about.type === 'text' && (schema.maxLength ?? 0) > 200;
  const input = (isLong
    ? <textarea rows="5" maxlength={schema.maxLength}></textarea>
    : isNumber
      ? <input type="number" inputmode={about.type === 'integer' ? 'numeric' : 'decimal'} min={schema.minimum} max={schema.maximum} step={about.decimals ? 10 ** -about.decimals : 1} />
      : <input
          type={about.type === 'date' || about.type === 'month' ? about.type : 'text'} maxlength={schema.maxLength}
          pattern={about.type === 'date' || about.type === 'month' ? null : schema.pattern?.replace(/^\\S$/, '.*\\S.*')}
          min={dayOfName(about.notBefore)?.slice(0, about.type === 'month' ? 7 : 10)} max={dayOfName(about.notAfter)?.slice(0, about.type === 'month' ? 7 : 10)}
          placeholder={about.type === 'fraction' ? '1/2' : about.type === 'month' ? 'YYYY-MM' : null} autocomplete="off" />) as HTMLInputElement;
  if (needed) input.setAttribute('aria-required', 'true');
  // While it is typed: the page may be taken away before the field is left.
  input.addEventListener('input', drawing.changed);
  // Numbers have capitals and no blanks; phones and Chinese keyboards write small or wide characters.
  input.addEventListener('change', () => {
    if (!input.validity.patternMismatch) return;
    const typed = input.value;
    input.value = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
    if (input.validity.patternMismatch) input.value = typed;
    else drawing.changed();
  });
  const [said, say] = about.type === 'date' ? writtenOut(input) : [];
  return {
    element: labelled(about, needed, input, said && <div>{input}{said}</div>),
    value: () => input.value.trim() === '' ? undefined : isNumber ? Number(input.value) : input.value.trim(),
    fill: (value) => {
      input.value = String(value);
      say?.();
    },
    wrong: () => {
      if (input.value.trim() === '' && !input.validity.badInput) return needed ? missing() : null;
      const { badInput, rangeUnderflow, rangeOverflow, stepMismatch, patternMismatch } = input.validity;
      if (badInput) return t('不是有效的数字或日期。', 'This is no number or date.');
      if (rangeUnderflow) return about.type === 'date' ? t(`不能早于 ${date(input.min)}。`, `No earlier than ${date(input.min)}.`) : t(`不能小于 ${input.min}。`, `No less than ${input.min}.`);
      if (rangeOverflow) return about.type === 'date' ? t(`不能晚于 ${date(input.max)}。`, `No later than ${date(input.max)}.`) : t(`不能大于 ${input.max}。`, `No more than ${input.max}.`);
      if (stepMismatch) return about.decimals ? t(`最多 ${about.decimals} 位小数。`, `At most ${about.decimals} decimals.`) : t('须为整数。', 'A whole number.');
      return patternMismatch ? t('格式不对。', 'This does not look right.') : null;
    },
  };
}

/** One of several: as buttons where they are few, else as a list to pick from. */
function oneOf(about: About, needed: boolean, choices: NonNullable<About['choices']>, drawing: Drawing, read: (code: string) => unknown, code: (value: unknown) => string): Drawn {
  // What may be left out can be taken back, which buttons do not let one do.
  if (choices.length > 6 || !needed) {
    const select = <select aria-required={needed ? 'true' : null} onchange={drawing.changed}><option value="">{needed ? t('请选择', 'Choose') : '—'}</option>{choices.map((choice) => <option value={choice.code}>{tx(choice.name)}</option>)}</select> as HTMLSelectElement;
    return {
      element: labelled(about, needed, select),
      value: () => select.value === '' ? undefined : read(select.value),
      fill: (value) => { select.value = code(value); },
      wrong: () => needed && select.value === '' ? t('请选择。', 'Choose one.') : null,
    };
  }
  const name = newId();
  const buttons = choices.map((choice) => <input type="radio" id={newId()} name={name} value={choice.code} onchange={drawing.changed} /> as HTMLInputElement);
  const chosen = (): HTMLInputElement | undefined => buttons.find(({ checked }) => checked);
  return {
    element: picks(about, needed, buttons, choices),
    value: () => chosen() && read(chosen()!.value),
    fill: (value) => { for (const button of buttons) button.checked = button.value === code(value); },
    wrong: () => needed && !chosen() ? t('请选择。', 'Choose one.') : null,
  };
}

function anyOf(schema: FieldSchema, about: About, needed: boolean, drawing: Drawing): Drawn {
  const boxes = about.choices!.map((choice) => <input type="checkbox" id={newId()} value={choice.code} onchange={drawing.changed} /> as HTMLInputElement);
  const chosen = (): string[] => boxes.filter(({ checked }) => checked).map(({ value }) => value);
  return {
    element: picks(about, needed, boxes, about.choices!),
    value: () => chosen().length > 0 ? chosen() : undefined,
    fill: (value) => { for (const box of boxes) box.checked = (value as string[]).includes(box.value); },
    wrong: () => {
      if (chosen().length === 0) return needed ? t('请至少选择一项。', 'Choose at least one.') : null;
      return chosen().length < (schema.minItems ?? 0) ? t(`至少选择 ${schema.minItems} 项。`, `Choose at least ${schema.minItems}.`) : null;
    },
  };
}

const picks = (about: About, needed: boolean, inputs: HTMLInputElement[], choices: NonNullable<About['choices']>): HTMLElement => (
  <fieldset class="field choice">
    <legend>{tx(about.label)}{optional(needed)}</legend>
    {about.help ? <p class="hint">{tx(about.help)}</p> : null}
    {inputs.map((input, i) => <label class="pick">{input}{tx(choices[i]!.name)}</label>)}
  </fieldset>
);

/** Parts that belong together. Those that may be left out are folded away, and not given while they are. */
function group(about: About, needed: boolean, members: Members, drawing: Drawing): Drawn {
  const folded = needed ? null : <details ontoggle={drawing.changed}><summary>{t('填写', 'Fill in')}</summary>{members.element}</details> as HTMLDetailsElement;
  const isGiven = (): boolean => folded?.open !== false;
  return {
    element: (
      <fieldset class="field group">
        <legend>{tx(about.label)}{optional(needed)}</legend>
        {about.help ? <p class="hint">{tx(about.help)}</p> : null}
        {folded ?? members.element}
      </fieldset>
    ),
    value: () => isGiven() ? members.value() : undefined,
    fill: (value) => {
      if (folded) folded.open = true;
      members.fill(value);
    },
    ask: (top) => members.ask(top),
    stand: (pointer) => members.stand(pointer),
    parts: () => isGiven() ? members.parts() : [],
  };
}

/** Rows that are added and taken away. */
function rows(schema: FieldSchema, about: About, needed: boolean, drawing: Drawing): Drawn {
  const shown: { members: Members; element: HTMLElement; number: HTMLElement }[] = [];
  const one = schema.items?.['x-onedoor']?.label ?? about.label;
  const list = <div></div>;
  const add = (): Members => {
    const members = new Members({ ...schema.items!, 'x-onedoor': about }, drawing);
    const number = <legend></legend>;
    const element = (
      <fieldset class="row">
        {number}{members.element}
        <button type="button" class="second" onclick={() => {
          shown.splice(shown.findIndex((row) => row.element === element), 1);
          element.remove();
          count();
          more.focus();
          drawing.changed();
        }}></button>
      </fieldset>
    );
    shown.push({ members, element, number });
    list.append(element);
    count();
    return members;
  };
  const more = (
    <button type="button" class="second" id={newId()} onclick={() => {
      add();
      drawing.changed();
      shown.at(-1)!.element.querySelector<HTMLElement>('input, select, textarea')?.focus();
    }}></button>
  );
  const count = (): void => {
    shown.forEach(({ number, element }, i) => {
      number.textContent = `${tx(one)} ${i + 1}`;
      element.lastElementChild!.textContent = t(`删除${one.zh} ${i + 1}`, `Remove: ${one.en} ${i + 1}`);
    });
    more.textContent = t(`添加${one.zh}`, `Add: ${one.en}`);
    more.hidden = shown.length >= (schema.maxItems ?? Infinity);
  };
  count();
  return {
    element: (
      <fieldset class="field list">
        <legend>{tx(about.label)}{optional(needed)}</legend>
        {about.help ? <p class="hint">{tx(about.help)}</p> : null}
        {list}{more}
      </fieldset>
    ),
    value: () => shown.length > 0 ? shown.map(({ members }) => members.value() ?? {}) : undefined,
    fill: (value) => { for (const row of value as unknown[]) add().fill(row); },
    ask: (top) => { for (const { members } of shown) members.ask(top); },
    stand: (pointer) => shown.forEach(({ members, element }, i) => {
      element.dataset['pointer'] = `${pointer}/${i}`;
      members.stand(`${pointer}/${i}`);
    }),
    wrong: () => needed && shown.length < Math.max(1, schema.minItems ?? 0) ? t(`至少添加 ${Math.max(1, schema.minItems ?? 0)} 项。`, `Add at least ${Math.max(1, schema.minItems ?? 0)}.`) : null,
    parts: () => shown.map(({ members }) => members),
  };
}

/** A photograph or a file, sent as soon as it is chosen. */
function file(about: About, needed: boolean, drawing: Drawing): Drawn {
  const sent = new SentFile(drawing.changed);
  return {
    element: labelled(about, needed, sent.input, sent.element),
    value: () => sent.given?.id,
    fill: (value) => sent.fill({ id: value as string, name: '' }),
    wrong: () => sent.wrong(needed),
  };
}
