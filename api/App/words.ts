// The words for what the platform names by codes, and for times and limits. What has a text of its own comes from the platform.
import { look, t } from './look';
import type { Schema } from './api';

export const tx = (text: { zh: string; en: string }): string => t(text.zh, text.en);

/** Chinese in quotation marks; those that are in it become single ones. */
export const quoted = (zh: string): string => `“${zh.replaceAll('“', '‘').replaceAll('”', '’')}”`;

const departments: Record<Schema['Department'], [string, string]> = {
  'market-regulation': ['市场监管', 'Market regulation'], tax: ['税务', 'Tax'], 'social-security': ['社会保险', 'Social security'],
  'medical-insurance': ['医疗保障', 'Medical insurance'], customs: ['海关', 'Customs'], 'public-security': ['公安', 'Public security'],
  'state-security': ['国家安全', 'State security'], fire: ['消防救援', 'Fire and rescue'], planning: ['规划和自然资源', 'Planning'],
  construction: ['住房和建设', 'Construction'], ecology: ['生态环境', 'Ecology'], 'service-office': ['政务服务办', 'Service office'], health: ['卫生健康', 'Health'],
  culture: ['文化和旅游', 'Culture and tourism'], transport: ['交通运输', 'Transport'], emergency: ['应急管理', 'Emergency management'],
  'human-resources': ['人力资源', 'Human resources'], commerce: ['商务', 'Commerce'], water: ['水务', 'Water'], 'housing-fund': ['住房公积金', 'Housing fund'],
};
export const departmentCodes = Object.keys(departments) as Schema['Department'][];
export const department = (code: Schema['Department']): string => t(...departments[code]);

const statuses: Record<Schema['CaseStatus'], [string, string]> = {
  submitted: ['已提交，等待受理', 'Submitted, waiting to be accepted'], 'correction-requested': ['请您补正材料', 'Something is missing: your turn'],
  accepted: ['已受理，正在办理', 'Accepted, in progress'], paused: ['计时暂停', 'Time limits paused'], granted: ['已办结：准予', 'Granted'],
  'partly-granted': ['已办结：部分准予', 'Partly granted'], refused: ['已办结：不予许可', 'Refused'], withdrawn: ['已撤回', 'Withdrawn'],
  'not-accepted': ['不予受理', 'Not accepted'], lapsed: ['逾期未补正，已终止', 'Closed: no answer to the notice'], 'awaiting-signatures': ['等待各方签署', 'Waiting for signatures'],
};
export const caseStatus = (code: Schema['CaseStatus']): string => t(...statuses[code]);

const steps: Record<Schema['StepStatus'], [string, string]> = {
  waiting: ['等待前一环节', 'Waits for an earlier step'], open: ['正在办理', 'In progress'], granted: ['准予', 'Granted'], refused: ['不予许可', 'Refused'],
  cancelled: ['已取消', 'Cancelled'], waived: ['无需办理', 'Not needed'],
};
export const stepStatus = (code: Schema['StepStatus']): string => t(...steps[code]);

const batches: Record<Schema['BatchStatus'], [string, string]> = {
  checking: ['已收到，等待办理', 'Received, waits for its turn'], running: ['正在逐行办理', 'Its lines become cases'], done: ['已完成', 'Done'], cancelled: ['已取消', 'Cancelled'],
};
export const batchStatus = (code: Schema['BatchStatus']): string => t(...batches[code]);

const appointments: Record<Schema['AppointmentStatus'], [string, string]> = {
  reserved: ['为您保留，尚未确认', 'Held for you, not confirmed'], confirmed: ['已确认', 'Confirmed'], 'checked-in': ['已签到', 'Checked in'], served: ['已办理', 'Served'], cancelled: ['已取消', 'Cancelled'],
  'no-show': ['未到场', 'Nobody came'], lapsed: ['保留已失效', 'The hold has lapsed'],
};
export const appointmentStatus = (code: Schema['AppointmentStatus']): string => t(...appointments[code]);

const licences: Record<Schema['LicenceStatus'], [string, string]> = {
  valid: ['有效', 'Valid'], suspended: ['已暂扣', 'Suspended'], revoked: ['已撤销', 'Revoked'], expired: ['已届满', 'Expired'], replaced: ['已换发', 'Replaced'], cancelled: ['已注销', 'Cancelled'],
};
const grounds: Record<Schema['RevocationGround'], [string, string]> = { annulled: ['撤销', 'annulled'], recalled: ['撤回', 'recalled'], penalty: ['吊销', 'revoked as a penalty'] };
export const revocation = (code: Schema['RevocationGround']): string => t(...grounds[code]);
export const licenceStatus = ({ status, ground }: { status: Schema['LicenceStatus']; ground?: Schema['RevocationGround'] | null }): string =>
  status === 'revoked' && ground ? t(`已${grounds[ground][0]}`, grounds[ground][1].replace(/^./, (first) => first.toUpperCase())) : t(...licences[status]);

const tickets: Record<Schema['TicketStatus'], [string, string]> = {
  waiting: ['正在等候', 'Waiting'], called: ['请到窗口', 'Called'], serving: ['正在办理', 'Being served'], parked: ['已挂起，请稍后回到窗口', 'Parked: come back to the window'],
  missed: ['已过号', 'Called, and nobody came'], done: ['已办结', 'Done'], cancelled: ['已取消', 'Cancelled'],
};
export const ticketStatus = (code: Schema['TicketStatus']): string => t(...tickets[code]);

const complaints: Record<Schema['ComplaintStatus'], [string, string]> = {
  filed: ['已提交，等待受理', 'Filed, waiting to be accepted'], returned: ['已告知应向何处反映', 'Not for here'], accepted: ['已受理，正在调查', 'Accepted, being looked into'],
  answered: ['已答复', 'Answered'], reopened: ['正在重办', 'Being handled once more'], closed: ['已结束', 'Closed'],
};
export const complaintStatus = (code: Schema['ComplaintStatus']): string => t(...complaints[code]);

const complaintEvents: Record<string, [string, string]> = {
  'complaint-filed': ['已提交', 'Filed'], 'complaint-accepted': ['已受理', 'Accepted'], 'complaint-returned': ['已告知应向何处反映', 'Not for here'], 'complaint-extended': ['已延期', 'It takes longer'],
  'complaint-answered': ['已答复', 'Answered'], 'complaint-rated': ['您已评价', 'You rated the answer'], 'complaint-reopened': ['您申请了重办', 'You had it handled once more'],
  'complaint-overdue': ['已逾期', 'It was late'], 'complaint-closed': ['已结束', 'Closed'],
};
export const complaintEvent = (code: string): string => t(...complaintEvents[code] ?? [code, code] as const);

const grades: Record<Schema['ReviewGrade'], [string, string]> = {
  'very-satisfied': ['非常满意', 'Very satisfied'], satisfied: ['满意', 'Satisfied'], fair: ['基本满意', 'Fairly satisfied'], dissatisfied: ['不满意', 'Dissatisfied'],
  'very-dissatisfied': ['非常不满意', 'Very dissatisfied'],
};
export const gradeCodes = Object.keys(grades) as Schema['ReviewGrade'][];
export const grade = (code: Schema['ReviewGrade']): string => t(...grades[code]);

const workOrders: Record<Schema['WorkOrderStatus'], [string, string]> = {
  open: ['已开出整改单，等待与您联系', 'A work order is open: you are to hear from them'], contacted: ['已联系，正在整改', 'They got in touch, and put it right'],
  rectified: ['已整改，等待反馈', 'Put right: you are to be told how'], 'fed-back': ['已反馈', 'You were told what came of it'], closed: ['已办结', 'Closed'], voided: ['已作废', 'Void'],
};
export const workOrderStatus = (code: Schema['WorkOrderStatus']): string => t(...workOrders[code]);

const findings: Record<Schema['ComplaintFinding'], [string, string]> = { upheld: ['属实', 'Upheld'], partly: ['部分属实', 'Partly upheld'], unfounded: ['不属实', 'Unfounded'] };
export const finding = (code: Schema['ComplaintFinding']): string => t(...findings[code]);

const applicants: Record<Schema['ApplicantKind'], [string, string]> = {
  person: ['个人', 'a person'], 'legal-entity': ['企业或机构', 'a legal entity'], founders: ['发起人', 'founders'], employer: ['用人单位', 'an employer'],
  'joint-parties': ['双方或多方共同', 'several parties together'],
};
export const applicantKind = (code: Schema['ApplicantKind']): string => t(...applicants[code]);

const pauses: Record<Schema['PauseReason'], [string, string]> = {
  hearing: ['听证', 'Hearing'], tender: ['招标', 'Tender'], auction: ['拍卖', 'Auction'], test: ['检验', 'Test'], inspection: ['检测', 'Inspection'],
  quarantine: ['检疫', 'Quarantine'], appraisal: ['鉴定', 'Appraisal'], 'expert-review': ['专家评审', 'Expert review'],
};
export const pauseReason = (code: Schema['PauseReason']): string => t(...pauses[code]);

/** What English says of several. */
export const s = (many: number): string => many === 1 ? '' : 's';

/** A limit in words. */
export function limit({ value, unit }: Schema['Limit']): string {
  const many = s(value);
  switch (unit) {
    case 'working-days': return t(`${value} 个工作日`, `${value} working day${many}`);
    case 'calendar-days': return t(`${value} 日`, `${value} day${many}`);
    case 'hall-hours': return t(`${value} 个工作小时`, `${value} opening hour${many}`);
    case 'hours': return t(`${value} 小时`, `${value} hour${many}`);
  }
}

/** A time in which something can be sought, of days or months (ISO 8601), in words. */
export function span(iso: string): string {
  const [, value, unit] = /^P(\d+)([DM])$/.exec(iso)!;
  return unit === 'D' ? t(`${value} 日`, `${value} day${s(Number(value))}`) : t(`${value} 个月`, `${value} month${s(Number(value))}`);
}

const inChina = { timeZone: 'Asia/Shanghai' } as const;
const shown = (at: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(look().language === 'en' ? 'en-GB' : 'zh-CN', { ...inChina, ...options }).format(new Date(at.length === 10 ? `${at}T00:00:00+08:00` : at));

/** No line ends within the day of the week. */
export const day = (at: string): string => shown(at, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' }).replace('周', '周\u2060');
/** Without the day of the week, of what lasts for years. */
export const date = (at: string): string => shown(at, { year: 'numeric', month: 'long', day: 'numeric' });
export const shortDay = (at: string): string => shown(at, { month: 'short', day: 'numeric', weekday: 'short' });
export const weekday = (at: string): string => shown(at, { weekday: 'short' });
export const dayAndMonth = (at: string): string => shown(at, { month: 'short', day: 'numeric' });
export const time = (at: string): string => shown(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const moment = (at: string): string => `${day(at)}\u00A0${time(at)}`;

/** The day of an instant in China, as the platform writes days. */
export const dayOf = (at: string | number | Date): string => new Intl.DateTimeFormat('sv-SE', inChina).format(new Date(at));

/** The days in a text of the platform's, which writes them as its API does, as all others stand here. */
export const dated = (text: string): string => text.replace(/(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])/g, (day) => Number.isNaN(Date.parse(day)) ? day : date(day));

export const money = (yuan: number): string => yuan === 0 ? t('不收费', 'No fee') : `¥ ${yuan.toFixed(2)}`;
