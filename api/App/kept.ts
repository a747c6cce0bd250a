// What stays on the device while somebody is signed in: one's cases, licences and appointments as last seen, and what could not be sent yet.
// Signing out deletes the whole database.
import { Unreachable } from './api';
import * as session from './session';

const name = 'onedoor';
let opened: Promise<IDBDatabase> | null = null;

const open = (): Promise<IDBDatabase> => opened ??= new Promise((done, fail) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('seen');
    request.result.createObjectStore('outbox', { keyPath: 'key' });
  };
  request.onsuccess = () => {
    // Another tab signs out: it must not wait for this one.
    request.result.onversionchange = () => { request.result.close(); opened = null; };
    request.result.onclose = () => { opened = null; };
    done(request.result);
  };
  // It may be opened later: a browser that has lost its store, or had no room for it, finds it again.
  request.onerror = () => { opened = null; fail(request.error); };
});

async function use<Result>(store: 'seen' | 'outbox', mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const transaction = (await open()).transaction(store, mode);
  const request = act(transaction.objectStore(store));
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = transaction.onerror = () => fail(transaction.error);
  });
}

export const put = (store: 'seen' | 'outbox', value: unknown, key?: string): Promise<unknown> => use(store, 'readwrite', (s) => s.put(value, key));
export const get = <Value>(store: 'seen' | 'outbox', key: string): Promise<Value | undefined> => use(store, 'readonly', (s) => s.get(key) as IDBRequest<Value | undefined>);
export const all = <Value>(store: 'seen' | 'outbox'): Promise<Value[]> => use(store, 'readonly', (s) => s.getAll() as IDBRequest<Value[]>);
export const remove = (store: 'seen' | 'outbox', key: string): Promise<undefined> => use(store, 'readwrite', (s) => s.delete(key));

/** Whose all of it is, as far as it is anybody's; it is known without a connection, too. */
export const owner = (): Promise<string | undefined> => get<string>('seen', 'owner');

/** Nobody is signed in any more: what was seen goes, and what waits to be sent does so until its owner is back. */
export async function forgetSeen(): Promise<void> {
  const whose = await owner();
  await use('seen', 'readwrite', (s) => s.clear());
  if (whose) await put('seen', whose, 'owner');
}

/** Keeps for a person from now on. Of whoever was here before nothing stays, nor is what they wrote without a name the next one's to see. */
export async function keepFor(subject: string): Promise<void> {
  const before = await owner();
  if (before && before !== subject) await forget();
  await put('seen', subject, 'owner');
}

/**
 * Does something with what waits while nobody else does, in whichever tab.
 * @param patiently Whether to wait until they have done; else nothing is done.
 */
export const alone = async (act: () => Promise<void>, patiently = true): Promise<void> => {
  await navigator.locks.request('onedoor.outbox', { ifAvailable: !patiently }, async (lock) => { if (lock) await act(); });
};

/** Deletes everything, once nothing is being sent any more whose outcome would be written down afterwards. */
export const forget = (): Promise<void> => alone(async () => {
  (await opened)?.close();
  opened = null;
  await new Promise<void>((done) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => done();
  });
});

/** Where a device keeps nothing, what the platform says is shown all the same. */
export const withoutRoom = (error: unknown): undefined => { console.warn(error); };

/** What the platform says now, and otherwise what it said when it was last asked. */
export async function lastSeen<Data>(key: string, ask: () => Promise<Data>): Promise<{ data: Data; seenAt: string | null }> {
  // Another tab may be somebody else's: each sees what was kept for their own.
  const who = session.person()?.subject;
  try {
    const data = await ask();
    // Whoever has signed out meanwhile has left nothing here, and it stays so.
    if (who && session.person()?.subject === who) await put('seen', { data, at: new Date().toISOString() }, `${who} ${key}`).catch(withoutRoom);
    return { data, seenAt: null };
  } catch (error) {
    const seen = error instanceof Unreachable ? await get<{ data: Data; at: string }>('seen', `${who ?? await owner().catch(withoutRoom)} ${key}`).catch(withoutRoom) : undefined;
    if (!seen) throw error;
    return { data: seen.data, seenAt: seen.at };
  }
}
