// A form as the platform publishes it: JSON Schema, with what a schema has no word for beside it (docs/API.md, Forms).
export type Text = { zh: string; en: string };
export type Condition = { field: string; is?: (string | boolean)[]; above?: number };

export type About = {
  type: 'text' | 'integer' | 'decimal' | 'money' | 'fraction' | 'date' | 'month' | 'boolean' | 'choice' | 'choices' | 'person' | 'entity' | 'address' | 'licence' | 'file' | 'group' | 'list';
  label: Text;
  help?: Text;
  section?: string;
  unit?: Text;
  decimals?: number;
  choices?: { code: string; name: Text }[];
  when?: Condition[];
  notBefore?: string;
  notAfter?: string;
  order?: string[];
};

export type FieldSchema = {
  $ref?: string;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  items?: FieldSchema;
  allOf?: { then?: { required?: string[] } }[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
  'x-onedoor': About;
};

export type FormSchema = FieldSchema & {
  title: string;
  $defs?: Record<string, FieldSchema>;
  'x-onedoor': { item: string; version: number; sample: boolean; order: string[]; sections: { code: string; name: Text }[]; offered?: Partial<Record<'contact' | 'agent', { value: unknown }>> };
};

/** A day of the form's language as one of the calendar: `today+20d` counts from today in China. */
export function dayOfName(named: string | undefined): string | undefined {
  const counted = /^today(?:([+-]\d+)([dmy]))?$/.exec(named ?? '');
  if (!counted) return named;
  const today = new Date(Date.now() + 8 * 3_600_000);
  const by = Number(counted[1] ?? 0);
  if (counted[2] === 'd') today.setUTCDate(today.getUTCDate() + by);
  else if (counted[2]) {
    // Where the month is shorter it is its last day, as for the platform.
    const [month, day] = [today.getUTCMonth() + (counted[2] === 'y' ? 12 : 1) * by, today.getUTCDate()];
    today.setUTCMonth(month, 1);
    today.setUTCDate(Math.min(day, new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 0)).getUTCDate()));
  }
  return today.toISOString().slice(0, 10);
}

/** Whether all conditions hold, given the answers beside the field and those at the top. */
export const holds = (when: Condition[] | undefined, beside: Record<string, unknown>, top: Record<string, unknown>): boolean => (when ?? []).every(({ field, is, above }) => {
  const value = field.startsWith('^') ? top[field.slice(1)] : beside[field];
  if (above !== undefined) return typeof value === 'number' && value > above;
  return (Array.isArray(value) ? value : [value]).some((one) => is!.includes(one as string));
});
