// The rival: GraphQL as one would write it in Node.js with mercurius and pg: compiled queries (JIT), one prepared statement
// per level (loaders), the same token check, the same policy in the query, tables of its own.
import { createVerifier } from 'fast-jwt';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:net';
import pg from 'pg';

const { BENCH_CONNECTION, BENCH_AUTHORITY, ASPNETCORE_URLS, BENCH_USAGE_PORT } = process.env;
const pool = new pg.Pool({ connectionString: BENCH_CONNECTION, max: 50 });
let roundTrips = 0;

function rows(name, text, values) {
  roundTrips++;
  return pool.query({ name, text, values }).then((answer) => answer.rows);
}

const schema = `
  type Query { case(id: ID!): Case  cases(first: Int = 20): CaseConnection! }
  type CaseConnection { nodes: [Case!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Case {
    id: ID! version: Int! number: String! status: String! item: CaseItem! applicant: Applicant! channel: String! hall: String!
    submittedAt: String! acceptedAt: String decidedAt: String steps: [Step!]! materials: [Material!]! clock: Clock!
  }
  type CaseItem { code: String! version: Int! name: String! }
  type Applicant { kind: String! name: String! uscc: String }
  type Step { code: String! department: String! status: String! openedAt: String dueAt: String decidedAt: String }
  type Material { code: String! name: String! digest: String! }
  type Clock { statutory: ClockLine! promised: ClockLine! }
  type ClockLine { limit: Limit! dueOn: String dueAt: String provisional: Boolean! }
  type Limit { value: Int! unit: String! }
`;

const columns = 'id, version, number, status, item, applicant, channel, hall, submitted_at as "submittedAt", accepted_at as "acceptedAt", '
  + 'decided_at as "decidedAt", materials, clock';
const visible = '(submitted_by = $1 or departments @> array[$2])';

const resolvers = {
  Query: {
    case: async (_, { id }, { viewer }) => (await rows('case', `select ${columns} from mercurius_cases where id = $3 and ${visible}`, [...viewer, id]))[0] ?? null,
    cases: async (_, { first }, { viewer }) => {
      const found = await rows('cases', `select ${columns} from mercurius_cases where ${visible} order by id desc limit $3`, [...viewer, first + 1]);
      const nodes = found.slice(0, first);
      return { nodes, pageInfo: { hasNextPage: found.length > first, endCursor: nodes.at(-1)?.id ?? null } };
    },
  },
};

const loaders = {
  Case: {
    async steps(queries) {
      const found = await rows('steps', 'select case_id, code, department, status, opened_at as "openedAt", due_at as "dueAt", decided_at as "decidedAt" '
        + 'from mercurius_steps where case_id = any($1) order by case_id, position', [queries.map(({ obj }) => obj.id)]);
      const byCase = new Map();
      for (const step of found) {
        const known = byCase.get(step.case_id);
        if (known) known.push(step);
        else byCase.set(step.case_id, [step]);
      }
      return queries.map(({ obj }) => byCase.get(obj.id) ?? []);
    },
  },
};

const { jwks_uri: jwks, issuer } = await (await fetch(`${BENCH_AUTHORITY}/.well-known/openid-configuration`)).json();
const { keys } = await (await fetch(jwks)).json();
const byId = new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' })]));
// As the platform does, it remembers good tokens for a minute.
const verify = createVerifier({
  key: async ({ header }) => byId.get(header.kid), algorithms: ['ES256'], allowedAud: 'onedoor', allowedIss: issuer, checkTyp: 'at+jwt', cache: 1000, cacheTTL: 60_000,
});

const app = Fastify();
app.get('/health/ready', () => 'ready');
app.register(mercurius, {
  schema,
  resolvers,
  loaders,
  jit: 1,
  context: async (request) => {
    const { sub, department, scope } = await verify(request.headers.authorization.slice('Bearer '.length));
    if (!scope.split(' ').includes('cases:read')) throw new Error('cases:read is needed');
    return { viewer: [sub, department.replaceAll('-', '_').toUpperCase()] };
  },
});

createServer((socket) => {
  const { user, system } = process.cpuUsage();
  socket.end(`${user + system} 0 ${roundTrips}`);
}).listen(Number(BENCH_USAGE_PORT), '127.0.0.1');
const { hostname, port } = new URL(ASPNETCORE_URLS);
await app.listen({ host: hostname, port: Number(port) });
