import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';
import { examples } from './examples.js';
import { finishSignIn, signIn, signOut, token } from './signin.js';

const who = document.getElementById('who');
const signInButton = document.getElementById('sign-in');
const signOutButton = document.getElementById('sign-out');

/** A token pasted into the headers editor goes before the one of the sign-in. */
function authorization(headers) {
  const pasted = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return pasted ?? (token() ? `Bearer ${token()}` : undefined);
}

async function fetcher(parameters, options) {
  const bearer = authorization(options?.headers);
  const url = new URL('/graphql', location.href);
  const socket = new URL(url);
  socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const fetch = createGraphiQLFetcher({
    url: url.href,
    wsClient: createClient({ url: socket.href, connectionParams: bearer ? { authorization: bearer } : {}, retryAttempts: 0 }),
  });
  return fetch(parameters, { ...options, headers: { ...options?.headers, ...(bearer ? { authorization: bearer } : {}) } });
}

function show() {
  const signedIn = Boolean(token());
  signOutButton.hidden = !signedIn;
  if (signedIn) {
    signInButton.hidden = true;
    who.textContent = 'Signed in 已登录: your token is sent with every request.';
  }
}

async function start() {
  const settings = await (await fetch('/playground/settings.json')).json();
  try {
    await finishSignIn();
    signInButton.hidden = Boolean(token()) || !settings.authorizationEndpoint;
  } catch (error) {
    who.textContent = `The sign-in failed: ${error.message}`;
  }
  signInButton.addEventListener('click', () => signIn(settings));
  signOutButton.addEventListener('click', signOut);
  show();
  createRoot(document.getElementById('playground')).render(
    <GraphiQL fetcher={fetcher} defaultTabs={examples} isHeadersEditorEnabled shouldPersistHeaders={false} defaultEditorToolsVisibility="headers" />,
  );
}

start();
