// graphql-transport-ws: what the client graphql-ws makes of us, and every code of the protocol we close with.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const http = process.argv[2];
const url = `${http.replace('http', 'ws')}/graphql`;
let good = 0;
let all = 0;

function check(what, actual, expected) {
  all++;
  if (actual === expected) good++;
  else console.log(`${what}: ${actual} instead of ${expected}`);
}

/** Sends what is given and answers the code the server closes with, or the error of opening. */
const closed = (messages, { protocol = 'graphql-transport-ws', headers } = {}) => new Promise((resolve) => {
  const socket = new WebSocket(url, protocol, { headers });
  socket.on('open', () => messages.forEach((m) => socket.send(typeof m === 'object' && !(m instanceof Buffer) ? JSON.stringify(m) : m)));
  socket.on('close', (code) => resolve(code));
  socket.on('error', (error) => resolve(error.message));
});

const init = { type: 'connection_init' };
const endless = { type: 'subscribe', id: '1', payload: { query: '{ __typename }' } };

check('no JSON', await closed(['nonsense']), 4400);
check('no message', await closed([{ type: 'start' }]), 4400);
check('binary', await closed([Buffer.from([1, 2, 3])]), 4400);
check('no id', await closed([init, { type: 'subscribe', payload: { query: '{ __typename }' } }]), 4400);
check('payload of init is no object', await closed([{ ...init, payload: 'x' }]), 4400);
check('before init', await closed([endless]), 4401);
check('a token that is none', await closed([{ ...init, payload: { authorization: 'Bearer x' } }]), 4403);
check('twice', await closed([init, init]), 4429);
check('another protocol', await closed([], { protocol: 'graphql-ws' }), 'Server sent no subprotocol');
check('no protocol', await closed([], { protocol: [] }), 4406);
check('another origin', await closed([], { headers: { origin: 'http://elsewhere.example' } }), 'Unexpected server response: 403');
check('never', await closed([]), 4408);

const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
const answers = [];
for await (const answer of client.iterate({ query: '{ __typename }' })) answers.push(answer.data.__typename);
check('a query', answers.join(), 'Query');
let error;
try {
  for await (const _ of client.iterate({ query: '{ nothing }' }));
} catch (refused) {
  error = refused[0].extensions.code;
}
check('an invalid query', error, 'graphql.validation');
await client.dispose();

console.log(`${good} of ${all}`);
process.exit(all - good);
