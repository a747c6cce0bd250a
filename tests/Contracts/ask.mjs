// Asks the test that runs this program for what only it can do: one line out, one line back.
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export async function ask(what) {
  console.log(`? ${what}`);
  const { value } = await lines.next();
  return value;
}
