// What an item would take of the person signed in, before they apply.
import { api, must, Refused, type Schema } from './api';

/** Null for who applies with others, or is none of those it is for. */
export const previewOf = async ({ code, applicants }: Schema['Item']): Promise<Schema['ItemPreview'] | null> =>
  applicants.includes('person') || applicants.includes('legal-entity')
    ? must(api.POST('/v1/catalogue/items/{code}/preview', { params: { path: { code } }, body: {} })).catch(nothingWhenRefused)
    : null;

export function nothingWhenRefused(error: unknown): null {
  if (error instanceof Refused) return null;
  throw error;
}
