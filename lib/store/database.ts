// A connection to one of the extension's own databases: opened when first needed, given up when another wants the database or the browser
// takes it away, and opened again. Page scripts see the page's databases, never these, in every browser.
import { STORE_CLOSED, STORE_WORDS, StreamError } from '../engine/errors.ts';
import { openDatabase } from './idb.ts';
import { type Migration, migrate } from './migrations.ts';

/** The database cannot even be opened; `message` says why, for a person. */
export class CannotOpen extends StreamError {
  constructor(message: string, cause?: unknown) {
    super('storage', message, { cause });
  }
}

export interface Connection {
  /** Runs `work` on the open database. @throws CannotOpen; StreamError `storage` with the reason where `work` fails */
  run<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T>;
}

export interface ConnectionOptions {
  name: string;
  /** The version of the database is their number. */
  migrations: readonly Migration[];
  /** What was read before may be gone: the browser closed the database, or somebody wanted to delete it. */
  onLost?: () => void;
  /** How long another holder of the database is waited for, ms. */
  patienceMs?: number;
}

export function createConnection(options: ConnectionOptions): Connection {
  return new LazyConnection(options);
}

class LazyConnection implements Connection {
  private opening: Promise<IDBDatabase> | undefined;
  /** Another connection holds an older version; the opening goes on in the background. */
  private isBlocked = false;
  private readonly options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.options = options;
  }

  readonly run = async <T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> => {
    const database = await this.open();
    try {
      return await work(database);
    } catch (error) {
      if (!isClosed(error)) throw asStorageError(error);
    }
    // The connection had gone before the work began; nothing was done yet.
    this.opening = undefined;
    const again = await this.open();
    try {
      return await work(again);
    } catch (error) {
      throw asStorageError(error);
    }
  };

  private async open(): Promise<IDBDatabase> {
    this.opening ??= this.connect();
    const { opening } = this;
    try {
      return await (this.isBlocked ? Promise.race([opening, refuse(BLOCKED)]) : this.wait(opening));
    } catch (error) {
      if (error === BLOCKED) throw new CannotOpen(BLOCKED.message);
      if (this.opening === opening) this.opening = undefined;
      throw cannotOpen(error);
    }
  }

  /** Waits for an opening as long as there is patience. */
  private wait(opening: Promise<IDBDatabase>): Promise<IDBDatabase> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.isBlocked = true;
      reject(BLOCKED);
    }, this.options.patienceMs ?? 3000);
    return Promise.race([opening, promise]).finally(() => clearTimeout(timer));
  }

  private async connect(): Promise<IDBDatabase> {
    const { name, migrations } = this.options;
    const lose = (database?: IDBDatabase) => {
      database?.close();
      this.opening = undefined;
      this.options.onLost?.();
    };
    try {
      const database: IDBDatabase = await openDatabase(name, migrations.length, {
        upgrade: (db, oldVersion, upgrade) => migrate(db, oldVersion, upgrade, migrations),
        // Whoever wants to upgrade or delete it must not have to wait for us.
        blocking: () => lose(database),
        terminated: () => lose(),
      });
      return database;
    } finally {
      this.isBlocked = false;
    }
  }
}

const BLOCKED = new Error(STORE_WORDS.held);

async function refuse(error: Error): Promise<never> {
  // Behind what is ready already.
  await Promise.resolve();
  throw error;
}

function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}

function cannotOpen(error: unknown): CannotOpen {
  const isNewer = error instanceof DOMException && error.name === 'VersionError';
  if (isNewer) return new CannotOpen(STORE_WORDS.newer, error);
  return new CannotOpen(STORE_CLOSED.before + wordsOf(error) + STORE_CLOSED.behind, error);
}

export function asStorageError(error: unknown): StreamError {
  if (error instanceof StreamError) return error;
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  const message = isFull ? STORE_WORDS.full : wordsOf(error);
  return new StreamError('storage', message, { cause: error });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
