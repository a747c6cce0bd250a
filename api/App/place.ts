// Where one is in the app. Places stand behind the "#", which no server is ever told: whose case somebody looks at is in no log.
export type Place = { path: string[]; query: URLSearchParams };

export const here = (): Place => placeOf(location.hash);

/** The place that an address behind the "#" names. */
export function placeOf(hash: string): Place {
  const [path, query] = hash.replace(/^#\/?/, '').split('?');
  return { path: (path ?? '').split('/').filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query) };
}

export const to = (path: string[], query: Record<string, string | undefined> = {}): string => {
  const asked = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])));
  return `#/${path.map(encodeURIComponent).join('/')}${asked.size > 0 ? `?${asked}` : ''}`;
};

export const go = (path: string[], query: Record<string, string | undefined> = {}): void => { location.hash = to(path, query); };
