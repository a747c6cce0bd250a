// What programs share that add up figures from the public contract: reading it, its events in order, and numbers that nothing is lost of.

/** Reads a platform as somebody with a token. */
export function reader(address, token) {
  const items = new Map();
  async function get(path) {
    const answer = await fetch(new URL(path, address), { headers: { Authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
  return {
    get,

    /** The item that something is pinned to. */
    async item({ code, version }) {
      const path = `/v1/catalogue/items/${code}?version=${version}`;
      if (!items.has(path)) items.set(path, (await get(path)).item);
      return items.get(path);
    },

    /** Every event of some types, from the first to the last. */
    async *events(types) {
      for (let after = ''; ;) {
        const page = await get(`/v1/events?first=1000&types=${types}${after && `&after=${after}`}`);
        yield* page.items.filter((event) => !event.sample);
        if (page.items.length === 0 && page.next === after) return;
        after = page.next;
      }
    },
  };
}

/** Instants in microseconds, which is as far as the platform tells them apart. */
export const micros = (text) => text && Date.parse(text.replace(/\.\d+/, '')) * 1000 + Number((/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(6, '0').slice(0, 6));

/** Days in China Standard Time. */
export const dayOf = (text) => new Date(Date.parse(text) + 8 * 3_600_000).toISOString().slice(0, 10);

/** A quotient of whole numbers to six decimals, halves to the even one: in millionths, as a whole number. */
export function millionths(numerator, denominator) {
  const scaled = BigInt(numerator) * 1_000_000n;
  const [whole, rest] = [scaled / BigInt(denominator), scaled % BigInt(denominator)];
  const up = 2n * rest > BigInt(denominator) || (2n * rest === BigInt(denominator) && whole % 2n === 1n);
  return whole + (up ? 1n : 0n);
}
