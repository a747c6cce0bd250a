// Types made of the served openapi.yaml check a client of it; a validator between the client and the API holds every answer
// against the same file, over an establishment and over requests that are refused.
// Usage: node outside-client.mjs <API>; asks for "token <department>".
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { ask } from './ask.mjs';

const [api] = process.argv.slice(2).map(address => address.replace(/\/$/, ''));
// Below node_modules, where the client made finds its library.
mkdirSync('node_modules/.cache', { recursive: true });
const folder = mkdtempSync('node_modules/.cache/onedoor-');
const contract = join(folder, 'openapi.yaml');
writeFileSync(contract, await (await fetch(`${api}/openapi.yaml`)).text());
const known = new Map();
const token = async department => known.get(department) ?? known.set(department, await ask(`token ${department}`)).get(department);

const free = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

/** The client's program, refused where a type does not fit. */
async function compiled() {
  writeFileSync(join(folder, 'onedoor.d.ts'), astToString(await openapiTS(pathToFileURL(contract))));
  const options = {
    strict: true, noEmit: false, outDir: folder, rootDir: '.', target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [],
    skipLibCheck: true, paths: { onedoor: [`./${folder}/onedoor.d.ts`] }, baseUrl: '.',
  };
  const program = ts.createProgram(['establishment.ts'], options);
  const wrong = ts.getPreEmitDiagnostics(program);
  if (wrong.length > 0)
    throw new Error(ts.formatDiagnostics(wrong, { getCurrentDirectory: () => process.cwd(), getCanonicalFileName: f => f, getNewLine: () => '\n' }));
  program.emit();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return import(pathToFileURL(join(folder, 'establishment.js')));
}

/** The validator, which answers 500 in the place of any answer that breaks the contract. */
async function validator() {
  const port = await free();
  const prism = spawn(process.execPath, ['node_modules/@stoplight/prism-cli/dist/index.js', 'proxy', contract, api,
    '--host', '127.0.0.1', '--port', port, '--errors', '--validate-request', 'false'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise((resolve, reject) => {
    prism.stdout.on('data', text => { said += text; if (said.includes('Prism is listening')) resolve(); });
    prism.stderr.on('data', text => { said += text; });
    prism.on('exit', code => reject(new Error(`prism ended with ${code}: ${said}`)));
  });
  return { address: `http://127.0.0.1:${port}`, end: () => prism.kill(), said: () => said };
}

const bad = [
  // What has no token at all, or is no JSON, the validator refuses itself.
  [401, 'GET', '/v1/tasks', { Authorization: 'Bearer x.y.z' }], [404, 'GET', '/v1/catalogue/items/NOTHING'],
  [400, 'GET', '/v1/catalogue/items?first=0'], [400, 'GET', '/v1/catalogue/items?first=%2B5'], [400, 'GET', '/v1/catalogue/items?hall='],
  [400, 'GET', '/v1/catalogue/items?after=x'], [400, 'GET', '/v1/catalogue/items?mode=better'], [400, 'GET', '/v1/catalogue/items?x=1'],
  [400, 'GET', '/v1/catalogue/items?hall=airport&hall=airport'], [400, 'GET', '/v1/cases?asOf=1', 'tax'], [400, 'GET', '/v1/cases?count=maybe', 'tax'],
  [400, 'GET', '/v1/cases?status=lost', 'tax'], [400, 'GET', '/v1/cases?submittedFrom=2026-02-30', 'tax'], [400, 'GET', '/v1/tasks?department=moon', 'tax'],
  [404, 'GET', '/v1/cases/01890000-0000-7000-8000-000000000000', 'tax'], [404, 'GET', '/v1/cases/01890000-0000-7000-8000-000000000000/history', 'tax'],
  [404, 'GET', '/v1/cases/01890000-0000-7000-8000-000000000000/clock', 'tax'],
  [400, 'GET', '/v1/cases/01890000-0000-7000-8000-000000000000?asOf=yesterday', 'tax'],
  [404, 'POST', '/v1/cases/01890000-0000-7000-8000-000000000000/withdrawal', 'tax', {}, { 'If-Match': '"1"' }],
  [400, 'POST', '/v1/cases', 'tax', {}], [400, 'POST', '/v1/cases', 'tax', { item: 7 }], [400, 'POST', '/v1/cases', 'tax', []],
  [415, 'POST', '/v1/cases', 'tax', {}, { 'Content-Type': 'application/vnd.api+json' }], [415, 'POST', '/v1/cases', 'tax', {}, { 'Content-Encoding': 'gzip' }],
  [413, 'POST', '/v1/cases', 'tax', application({ hall: 'x'.repeat(1_000_001) })], [400, 'POST', '/v1/cases', 'tax', application({ hal: 'airport' })],
  [422, 'POST', '/v1/cases', 'tax', application({ item: 'NOTHING' })], [422, 'POST', '/v1/cases', 'tax', application({ hall: 'moon' })],
  [422, 'POST', '/v1/cases', 'tax', application({ applicant: { kind: 'legal-entity', name: 'x', uscc: '1' } })],
  [400, 'POST', '/v1/cases', 'tax', application({}), { 'Idempotency-Key': 'x'.repeat(256) }],
  [400, 'POST', '/v1/clock/simulate', {}, { start: 'now' }], [422, 'POST', '/v1/clock/simulate', {}, { start: '2026-03-09T10:00:00Z', limit: { value: 1, unit: 'hall-hours' } }],
  [404, 'POST', '/v1/catalogue/items/NOTHING/preview', {}, { applicant: application({}).applicant }],
];

function application(changed) {
  return {
    item: 'ESTABLISHMENT', channel: 'agency', hall: 'airport',
    applicant: { kind: 'founders', founders: [{ kind: 'person', name: '陈建国', citizenId: '11010519491231002X' }], subject: { name: '天津海河贸易有限公司', kind: 'company' } }, materials: [], ...changed,
  };
}

async function refused(address, [status, method, path, who, body, headers]) {
  const given = { 'Content-Type': 'application/json', ...(typeof who === 'string' ? { Authorization: `Bearer ${await token(who)}` } : who), ...headers };
  const answer = await fetch(address + path, { method, headers: given, body: typeof body === 'object' ? JSON.stringify(body) : body });
  const text = await answer.text();
  return answer.status === status && JSON.parse(text).code ? [] : [`${method} ${path}: ${answer.status} instead of ${status}: ${text.slice(0, 400)}`];
}

const [client, between] = await Promise.all([compiled(), validator()]);
try {
  console.log((await client.establish(between.address, token)).join(' '));
  const wrong = (await Promise.all(bad.map(request => refused(between.address, request)))).flat();
  wrong.forEach(line => console.log(line));
  console.log(`${bad.length - wrong.length} of ${bad.length}`);
} finally {
  between.end();
  rmSync(folder, { recursive: true });
}
process.exit();
