// What somebody has filled in or written so far, whatever it is for. It stays in this tab until it is sent or they sign out, also when the camera takes
// the page away. Of what is said without a name nothing is kept.
import { newKey } from './api';
import * as session from './session';

export type Given = { code: string; name: string; file: string };
export type Draft = {
  step: number;
  /** Whether it is to be examined, or granted by commitment until a day. */
  way?: string;
  meetBy?: string;
  applicant?: unknown;
  chosen?: unknown;
  contact?: unknown;
  agent?: unknown;
  form?: unknown;
  materials: Given[];
  signatory?: string;
  /** The key of the last attempt, and what was sent with it: the same again is the same submission. */
  attempt?: { key: string; body: string };
};

/** An application by the matter's code, of a renewal with the licence's number; anything else by what it is and what it is about. */
const place = (name: string): string => `onedoor.draft.${name}`;

export const written = <Kept>(name: string): Kept | null => JSON.parse(sessionStorage.getItem(place(name)) ?? 'null') as Kept | null;
export const drafted = (name: string): Draft => written(name) ?? { step: 0, materials: [] };
export function keep(name: string, draft: unknown): void {
  // A field that is taken off the page by a sign-out elsewhere has nothing to say any more; one whose session has run out has.
  if (session.holdsTab()) sessionStorage.setItem(place(name), JSON.stringify(draft));
}
export const drop = (name: string): void => sessionStorage.removeItem(place(name));

/** The key under which this body is sent: kept for as long as the body is the same, whatever became of the attempts before. */
export function keyOf(name: string, draft: Pick<Draft, 'attempt'>, body: unknown): string {
  const text = JSON.stringify(body);
  if (draft.attempt?.body !== text) draft.attempt = { key: newKey(), body: text };
  keep(name, draft);
  return draft.attempt.key;
}
