// Server-sent events: what the client graphql-sse makes of us in its distinct mode.
import { createClient } from 'graphql-sse';

const url = `${process.argv[2]}/graphql`;
const client = createClient({ url, retryAttempts: 0 });
let good = 0;
let all = 0;

function check(what, actual, expected) {
  all++;
  if (actual === expected) good++;
  else console.log(`${what}: ${actual} instead of ${expected}`);
}

async function results(payload) {
  const found = [];
  for await (const result of client.iterate(payload)) found.push(result);
  return found;
}

const ask = (query, headers) => fetch(url, {
  method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers }, body: JSON.stringify({ query }),
});

check('a query', (await results({ query: '{ __typename }' })).map((r) => r.data.__typename).join(), 'Query');
check('an invalid query', (await results({ query: '{ nothing }' }))[0].errors[0].extensions.code, 'graphql.validation');
check('no token', (await results({ query: 'subscription { tasksChanged { tasks { step { code } } } }' }))[0].errors[0].extensions.code, 'auth.token-missing');
check('a token that is none', (await ask('{ __typename }', { authorization: 'Bearer x' })).status, 401);

console.log(`${good} of ${all}`);
process.exit(all - good);
