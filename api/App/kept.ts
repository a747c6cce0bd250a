// What stays on the device while somebody is signed in: one's cases, licences and appointments as last seen, and what could not be sent yet.
// Signing out deletes the whole database.
import { Unreachable } from './api';

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
    done(request.result);
  };
  request.onerror = () => fail(request.error);
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
export const forgetSeen = (): Promise<undefined> => use('seen', 'readwrite', (s) => s.clear());

/** Deletes everything. */
export async function forget(): Promise<void> {
  (await opened)?.close();
  opened = null;
  await new Promise<void>((done) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => done();
  });
}

/** What the platform says now, and otherwise what it said when it was last asked. */
export async function lastSeen<Data>(key: string, ask: () => Promise<Data>): Promise<{ data: Data; seenAt: string | null }> {
  try {
    const data = await ask();
    await put('seen', { data, at: new Date().toISOString() }, key);
    return { data, seenAt: null };
  } catch (error) {
    const seen = error instanceof Unreachable ? await get<{ data: Data; at: string }>('seen', key) : undefined;
    if (!seen) throw error;
    return { data: seen.data, seenAt: seen.at };
  }
}
