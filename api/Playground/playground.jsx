import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { makeAccessible } from './accessible.js';
import { examples } from './examples.js';
import { expire, finishSignIn, session, signIn, signOut, typed, useToken } from './signin.js';

const element = (id) => document.getElementById(id);
const TOKEN_EXPIRED = 4403;
let timer;

/** Says whose token goes with requests, and offers what can be done about it. */
function show(settings, failure) {
  const who = session();
  const canSignIn = Boolean(settings.authorizationEndpoint);
  clearTimeout(timer);
  element('who').classList.toggle('wrong', Boolean(failure ?? who?.expired));
  if (failure) element('who').textContent = `The sign-in failed 登录失败: ${failure}`;
  else if (who?.expired) element('who').textContent = `The token of ${who.name} has expired 令牌已过期. ${canSignIn ? 'Sign in again, or use another.' : 'Use another.'}`;
  else if (who) element('who').textContent = `${who.name} · ${who.scope.split(' ').filter((scope) => scope.includes(':')).join(' ')}`;
  else element('who').textContent = 'Not signed in 未登录: public fields only';
  element('sign-in').hidden = !canSignIn || Boolean(who && !who.expired);
  element('sign-out').hidden = !who;
  if (who && !who.expired && who.expiresAt) timer = setTimeout(() => show(settings), who.expiresAt - Date.now());
}

/** An Authorization header in the headers editor goes before the token of the page. */
function authorization(headers) {
  const typed = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return typed || (session() ? `Bearer ${session().accessToken}` : undefined);
}

/**
 * The editor works out the name and the kind of what it holds a moment after it changes. Whoever executes sooner would ask
 * for the operation of the tab before, so both are taken from the text itself.
 */
function operationOf({ query, operationName }) {
  try {
    const operations = parse(query).definitions.filter(({ kind }) => kind === 'OperationDefinition');
    const named = operations.find(({ name }) => name?.value === operationName);
    return { name: named && operationName, kind: (named ?? operations[0])?.operation };
  } catch {
    return { name: operationName }; // The server says what is wrong with it.
  }
}

async function request(body, headers, onExpired) {
  const response = await fetch('/graphql', {
    method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers }, body: JSON.stringify(body),
  });
  if (response.status === 401) onExpired();
  return response.json();
}

function subscribe(body, authorization, onExpired) {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const client = createClient({ url: url.href, connectionParams: authorization ? { authorization } : {}, retryAttempts: 0 });
  const ended = (error) => {
    if (error.code === TOKEN_EXPIRED) onExpired();
    return error.code ? { message: `The connection has ended: ${error.code} ${error.reason}` } : error;
  };
  return { subscribe: (sink) => ({ unsubscribe: client.subscribe(body, { ...sink, error: (error) => sink.error(ended(error)) }) }) };
}

function createFetcher(settings) {
  return (parameters, options) => {
    const { name, kind } = operationOf(parameters);
    const body = { ...parameters, operationName: name };
    const bearer = authorization(options?.headers);
    const onExpired = () => {
      expire(bearer?.replace('Bearer ', ''));
      show(settings);
    };
    // On a phone the answer stands below; what GraphiQL asks for itself is nobody's business.
    if (name !== 'IntrospectionQuery') document.querySelector('.graphiql-response').scrollIntoView({ block: 'end' });
    return kind === 'subscription'
      ? subscribe(body, bearer, onExpired)
      : request(body, { ...options?.headers, ...(bearer ? { authorization: bearer } : {}) }, onExpired);
  };
}

/**
 * GraphiQL finds the tab that was open by a text it keeps apart from the tabs, and opens another when none has it. The two
 * differ after a turn to another tab, so that every sign-in would leave a tab more.
 */
function keepTabs() {
  const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{}');
  for (const part of ['query', 'variables']) localStorage.setItem(`graphiql:${part}`, tabs?.[activeTabIndex]?.[part] ?? '');
}

function offerPasting(settings) {
  const dialog = element('paste');
  element('use-token').addEventListener('click', () => dialog.showModal());
  element('cancel').addEventListener('click', () => dialog.close());
  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const taken = useToken(element('pasted').value);
    element('paste-wrong').textContent = taken ? '' : 'This is not an access token 这不是访问令牌: three parts, separated by dots.';
    if (!taken) return;
    dialog.close();
    show(settings);
  });
  dialog.addEventListener('close', () => {
    dialog.querySelector('form').reset();
    element('paste-wrong').textContent = '';
  });
}

async function start() {
  const settings = await (await fetch('/playground/settings.json')).json();
  let failure;
  try {
    await finishSignIn(settings);
  } catch (error) {
    failure = error.message;
  }
  element('sign-in').addEventListener('click', () => signIn(settings));
  element('sign-out').addEventListener('click', () => signOut(settings));
  offerPasting(settings);
  show(settings, failure);
  keepTabs();
  makeAccessible(element('playground'));
  createRoot(element('playground')).render(
    <GraphiQL fetcher={createFetcher(settings)} storage={typed} defaultTabs={examples} isHeadersEditorEnabled shouldPersistHeaders={false} defaultEditorToolsVisibility="variables">
      <GraphiQL.Logo><a href="/graphql/schema.graphql">Schema</a></GraphiQL.Logo>
    </GraphiQL>,
  );
}

start();
