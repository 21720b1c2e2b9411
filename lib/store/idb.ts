// IndexedDB in promises: what a request answers, when a transaction is on disk, and a database that is opened.

/** What a request answers. @throws DOMException its own, AbortError where its transaction ends before */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  return promise;
}

/** Resolves when everything that a transaction wrote is kept. @throws DOMException where nothing of it is */
export function endOf(transaction: IDBTransaction): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  transaction.oncomplete = () => resolve();
  transaction.onabort = () => reject(transaction.error ?? new DOMException('Aborted', 'AbortError'));
  return promise;
}

/** Shows `visit` each row that a cursor finds, until it returns false or there are no more. @throws DOMException the request's own; what `visit` throws */
export function eachRow(
  request: IDBRequest<IDBCursorWithValue | null>,
  visit: (cursor: IDBCursorWithValue) => boolean,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const cursor = request.result;
    try {
      if (cursor && visit(cursor)) cursor.continue();
      else resolve();
    } catch (error) {
      reject(error);
    }
  };
  return promise;
}

export interface Opening {
  /** Runs where the version on disk is lower; never rejects. */
  upgrade(database: IDBDatabase, oldVersion: number, transaction: IDBTransaction): Promise<void>;
  /** Somebody waits for this connection to be closed. */
  blocking(): void;
  /** The browser has closed it. */
  terminated(): void;
}

/** @throws DOMException VersionError where what is on disk is newer, AbortError where the upgrade was undone, … */
export async function openDatabase(name: string, version: number, opening: Opening): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (request.transaction) void opening.upgrade(request.result, oldVersion, request.transaction);
  };
  const database = await answerOf<IDBDatabase>(request);
  database.onversionchange = opening.blocking;
  database.onclose = opening.terminated;
  return database;
}
