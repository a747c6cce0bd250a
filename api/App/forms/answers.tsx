// What somebody has answered to a form, to be read.
import { h } from '../jsx';
import { t } from '../look';
import { facts } from '../parts';
import { date, tx } from '../words';
import { plain } from './applicant';
import type { About, FieldSchema, FormSchema } from './schema';
import { FileLink } from './sent';

/** Every answer under what was asked, in the form's order, or those that are named. */
export const answersOf = (form: FormSchema, answers: Record<string, unknown>, named = form['x-onedoor'].order): HTMLElement => members(form, form, answers, named);

/** The same of what is asked beside a form. */
export const membersOf = (of: FieldSchema, answers: unknown): HTMLElement | null => answers ? members(plain, of, answers as Record<string, unknown>) : null;

const members = (form: FormSchema, of: FieldSchema, answers: Record<string, unknown>, order = of['x-onedoor']?.order ?? Object.keys(of.properties ?? {})): HTMLElement => facts(
  order.filter((name) => answers[name] !== undefined).map((name) => {
    const about = of.properties![name]!['x-onedoor'];
    return [`${tx(about.label)}${about.unit ? t(`（${about.unit.zh}）`, ` (${about.unit.en})`) : ''}`, shown(form, of.properties![name]!, about, answers[name])];
  }));

function shown(form: FormSchema, of: FieldSchema, about: About, value: unknown): HTMLElement | string {
  switch (about.type) {
    case 'boolean': return value ? t('是', 'Yes') : t('否', 'No');
    case 'choice': return named(about, value as string);
    case 'choices': return (value as string[]).map((code) => named(about, code)).join(t('、', ', '));
    case 'person': case 'entity': case 'address': return members(form, form.$defs![about.type]!, value as Record<string, unknown>);
    case 'group': return members(form, of, value as Record<string, unknown>);
    case 'list': return <ol>{(value as Record<string, unknown>[]).map((row) => <li>{members(form, { ...of.items!, 'x-onedoor': about }, row)}</li>)}</ol>;
    case 'date': return date(value as string);
    case 'file': return <FileLink id={value as string} name={tx(about.label)} />;
    default: return String(value);
  }
}

const named = (about: About, code: string): string => {
  const choice = about.choices?.find((one) => one.code === code);
  return choice ? tx(choice.name) : code;
};
