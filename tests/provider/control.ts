// The same controls over HTTP, for tests that run in another process.
import type { JournalEntry } from './journal.ts';
import { expectPlan, expectPlans, type Plan } from './plan.ts';

export interface Controls {
  journal: JournalEntry[];
  plan(plans: Plan | Plan[]): void;
  planFor(matches: (entry: JournalEntry) => boolean, plan: Plan): () => void;
  reset(): void;
}

export interface ControlAnswer {
  status: number;
  body: unknown;
}

/**
 * POST /control/plan (a plan or a list; with ?path=/v1/models one plan for every request to that path),
 * POST /control/reset, GET /control/journal.
 */
export function answerControl(
  entry: JournalEntry,
  query: URLSearchParams,
  controls: Controls,
): ControlAnswer {
  const refusal = findRefusal(entry);
  if (refusal) return { status: 403, body: { error: refusal } };
  switch (`${entry.method} ${entry.path}`) {
    case 'POST /control/plan':
      return setPlan(entry.body, query.get('path'), controls);
    case 'POST /control/reset':
      controls.reset();
      return { status: 200, body: { ok: true } };
    case 'GET /control/journal':
      return { status: 200, body: controls.journal };
    default:
      return { status: 404, body: { error: 'no such control' } };
  }
}

function setPlan(body: unknown, path: string | null, controls: Controls): ControlAnswer {
  try {
    if (path !== null) controls.planFor((entry) => entry.path === path, expectPlan(body));
    else controls.plan(expectPlans(body));
    return { status: 200, body: { ok: true } };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

/** The journal holds keys: a web page must neither read it under a borrowed name nor change plans by a plain form. */
function findRefusal({ headers }: JournalEntry): string | undefined {
  const host = headers.host?.replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost' && host !== '[::1]')
    return 'controls answer on loopback only';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none' && site !== 'same-origin')
    return 'controls are not for web pages';
  return undefined;
}
