// Who applies, how they are reached and who acts for them: not part of an item's form, but asked by the same fields.
import type { Schema } from '../api';
import type { About, FieldSchema, FormSchema } from './schema';

const line = (type: About['type'], zh: string, en: string, more: Partial<About> & Partial<FieldSchema> = {}): FieldSchema => {
  const { maxLength = 200, pattern, properties, required, ...about } = more;
  return { maxLength, ...(pattern && { pattern }), ...(properties && { properties }), ...(required && { required }), 'x-onedoor': { type, label: { zh, en }, ...about } };
};

const object = (zh: string, en: string, properties: Record<string, FieldSchema>, required: string[]): FieldSchema =>
  ({ properties, required, 'x-onedoor': { type: 'group', label: { zh, en } } });

const uscc = line('text', '统一社会信用代码', 'Unified social credit code', { pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$', maxLength: 18 });
const citizenId = line('text', '公民身份号码', 'Citizen number', { pattern: '^[0-9]{17}[0-9X]$', maxLength: 18 });

export const contact = object('联系方式', 'How to reach you', {
  phone: line('text', '电话', 'Phone', { pattern: '^(1(( |-)?[0-9]){10}|\\+[0-9](( |-)?[0-9]){5,14})$', maxLength: 30, help: { zh: '11 位手机号码，或以 + 和国家代码开头的号码。', en: 'A mobile number of eleven digits, or one that begins with + and a country’s code.' } }),
  email: line('text', '电子邮箱', 'E-mail', { maxLength: 200 }),
}, ['phone']);

export const agent = object('经办人', 'Who acts for the company', {
  name: line('text', '姓名', 'Name', { maxLength: 100 }), citizenId,
  authority: line('file', '授权委托书', 'Power of attorney'),
}, ['name', 'citizenId', 'authority']);

/** Of those an item is for, what has to be said of an applicant who is not simply the person signed in. */
const employer = object('用人单位和职工', 'Employer and worker', {
  name: line('text', '单位名称', 'Name of the employer'), uscc,
  worker: line('group', '职工', 'Worker', { properties: { name: line('text', '姓名', 'Name', { maxLength: 100 }), citizenId }, required: ['name', 'citizenId'] }),
}, ['name', 'uscc', 'worker']);

const kind = (choices: [string, string, string][]): FieldSchema => line('choice', '类型', 'Kind', { choices: choices.map(([code, zh, en]) => ({ code, name: { zh, en } })) });

/** A person or a legal entity, by name and number. */
const somebody = {
  kind: kind([['person', '自然人', 'A person'], ['legal-entity', '企业或机构', 'A legal entity']]),
  name: line('text', '姓名或名称', 'Name'),
  citizenId: { ...citizenId, 'x-onedoor': { ...citizenId['x-onedoor'], when: [{ field: 'kind', is: ['person'] }] } },
  uscc: { ...uscc, 'x-onedoor': { ...uscc['x-onedoor'], when: [{ field: 'kind', is: ['legal-entity'] }] } },
};

const founders = object('发起人和拟设主体', 'Founders and what they found', {
  founders: {
    minItems: 1, maxItems: 50,
    items: object('发起人', 'Founder', somebody, Object.keys(somebody)),
    'x-onedoor': { type: 'list', label: { zh: '发起人', en: 'Founders' }, help: { zh: '第一位是您本人或本企业。', en: 'The first is yourself or your company.' }, order: Object.keys(somebody) },
  },
  subject: line('group', '拟设立的主体', 'What is founded', {
    properties: {
      name: line('text', '拟用名称', 'Proposed name'),
      kind: kind([['company', '公司', 'Company'], ['branch', '分支机构', 'Branch'], ['partnership', '合伙企业', 'Partnership'], ['sole-ownership', '个人独资企业', 'Sole ownership'], ['individual-business', '个体工商户', 'Individual business']]),
    },
    required: ['name', 'kind'],
  }),
}, ['founders', 'subject']);

/** Whether who is signed in may apply for it by themselves alone. */
export const mayApplyAlone = ({ applicants }: Schema['Item']): boolean => applicants.some((kind) => kind === 'person' || kind === 'legal-entity');

/** What has to be said of who applies; null where it is who is signed in. */
export function applicant(item: Schema['Item']): FieldSchema | null {
  if (item.applicants.includes('employer')) return employer;
  if (item.applicants.includes('founders')) return founders;
  return item.applicants.includes('joint-parties') ? parties(item.roles, mayApplyAlone(item)) : null;
}

/**
 * The parties to what is applied for jointly, each in a role of the item's.
 * @param alone Whether one may also apply for it alone, which is asked first.
 */
const parties = (roles: Schema['PartyRole'][], alone: boolean): FieldSchema => object('当事人', 'The parties', {
  ...(alone && { jointly: line('boolean', '是否与他人共同申请', 'Do you apply jointly with others?') }),
  parties: {
    minItems: 2, maxItems: 50,
    items: object('当事人', 'Party', {
      role: line('choice', '身份', 'Role', { choices: roles }),
      applicant: line('group', '姓名和号码', 'Who it is', { properties: somebody, required: Object.keys(somebody) }),
    }, ['role', 'applicant']),
    'x-onedoor': {
      type: 'list', label: { zh: '当事人', en: 'Parties' }, order: ['role', 'applicant'], ...(alone && { when: [{ field: 'jointly', is: [true] }] }),
      help: { zh: '其中一位是您本人或本企业。提交即为您的签署，其他当事人在自己的手机上签署，全部签署后才算提交。', en: 'One of them is yourself or your company. You sign by submitting, the others at their own device; it is submitted when all have.' },
    },
  },
}, [...(alone ? ['jointly'] : []), 'parties']);

/** Which of the steps that may be chosen come with a founding (JOINT-1). */
export const chosen = (steps: Schema['ProcedureStep'][]): FieldSchema => object('一并办理', 'Together with it', {
  chosen: line('choices', '执照核发后一并办理的事项', 'What is to be done once the licence is there', {
    choices: steps, help: { zh: '只办您勾选的，没有勾选的以后可以单独申请。', en: 'Only what you tick is done. The rest can be applied for later.' },
  }),
}, []);

/** A form without blocks, in which these are drawn. */
export const plain: FormSchema = { title: '', 'x-onedoor': { type: 'group', label: { zh: '', en: '' }, item: '', version: 0, sample: false, order: [], sections: [] } };
