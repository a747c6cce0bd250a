// The worker: the shell starts without a connection, and nothing personal ever lies in its caches, since no answer of the platform does.
// The page comes from the network where there is one; what is named by a hash never changes. A new worker waits until the person takes it.
export {};
declare const self: ServiceWorkerGlobalScope;
declare const ASSETS: string[];
declare const VERSION: string;

const prefix = 'onedoor-app-';
const cache = prefix + VERSION;
const shell = '/app';
const patience = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cache).then((c) => c.addAll([...ASSETS, new Request(shell, { cache: 'reload' })])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== cache) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === shell) event.respondWith(fromNetworkFirst(request));
  else if (ASSETS.includes(pathname)) event.respondWith(caches.match(pathname, { cacheName: cache }).then((found) => found ?? fetch(request)));
});

async function fromNetworkFirst(request: Request): Promise<Response> {
  const found = await caches.match(shell, { cacheName: cache });
  try {
    const answer = await fetch(request, found ? { signal: AbortSignal.timeout(patience) } : {});
    if (answer.ok || !found) return answer;
  } catch (error) {
    if (!found) throw error;
  }
  return found!;
}
