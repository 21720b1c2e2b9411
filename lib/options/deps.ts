import type { Connect } from '../protocol/channel.ts';
import type { Notice } from '../protocol/contract.ts';

/** What the options page needs from the browser, handed in by its entrypoint. */
export interface OptionsDeps {
  connect: Connect;
  /** Calls back for word from the worker until the returned function is called. */
  listen(listener: (notice: Notice) => void): () => void;
  /** Asks the user for a match pattern. Called synchronously in the handler of a click, or the browser refuses. */
  requestPermission(pattern: string): Promise<boolean>;
  hasPermission(pattern: string): Promise<boolean>;
  /** The extension's own origin, which servers see. */
  origin: string;
  copyText(text: string): Promise<void>;
  /** Leads back to where the first-run set-up began; absent where nobody sent the user here. */
  backTo?: () => void;
  /** Milliseconds of quiet typing before the server is asked about; 400 unless given. */
  settleMs?: number;
}
