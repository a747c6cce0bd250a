// What an item would take of the person signed in, before they apply.
import { api, must, Refused, type Problem, type Schema } from './api';

type Preview = { preview: Schema['ItemPreview'] | null; notFor?: Problem };

/** Nothing for who applies with others; and why, where it is not for who is signed in, whatever they do. */
export async function previewOf({ code, applicants }: Schema['Item']): Promise<Preview> {
  const alone = applicants.filter((kind) => kind === 'person' || kind === 'legal-entity');
  if (alone.length === 0) return { preview: null };
  try {
    return { preview: await must(api.POST('/v1/catalogue/items/{code}/preview', { params: { path: { code } }, body: {} })) };
  } catch (error) {
    nothingWhenRefused(error);
    const { problem } = error as Refused;
    return { preview: null, ...(problem.code === 'case.applicant-not-offered' && alone.length === applicants.length && { notFor: problem }) };
  }
}

export function nothingWhenRefused(error: unknown): null {
  if (error instanceof Refused) return null;
  throw error;
}
