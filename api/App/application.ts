// What somebody has filled in so far. It stays in this tab until it is submitted or they sign out, also when the camera takes the page away.
import { newKey } from './api';

export type Given = { code: string; name: string; file: string };
export type Draft = {
  step: number;
  applicant?: unknown;
  contact?: unknown;
  agent?: unknown;
  form?: unknown;
  materials: Given[];
  signatory?: string;
  /** The key of the last attempt, and what was sent with it: the same again is the same submission. */
  attempt?: { key: string; body: string };
};

const place = (item: string): string => `onedoor.draft.${item}`;

export const drafted = (item: string): Draft => JSON.parse(sessionStorage.getItem(place(item)) ?? '{"step":0,"materials":[]}') as Draft;
export const keep = (item: string, draft: Draft): void => sessionStorage.setItem(place(item), JSON.stringify(draft));
export const drop = (item: string): void => sessionStorage.removeItem(place(item));

/** The key under which this body is sent: kept for as long as the body is the same, whatever became of the attempts before. */
export function keyOf(item: string, draft: Draft, body: unknown): string {
  const text = JSON.stringify(body);
  if (draft.attempt?.body !== text) draft.attempt = { key: newKey(), body: text };
  keep(item, draft);
  return draft.attempt.key;
}
