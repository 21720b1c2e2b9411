import type { OptionsModel } from '../../lib/options/model.ts';
import type { ProblemPlace } from '../../lib/options/outcome.ts';
import { say } from '../../lib/words/say.ts';

/** The page's one problem, if this is its place: what happened, what helps, and a button where one helps. */
export function Problem({ model, place, id }: { model: OptionsModel; place: ProblemPlace; id?: string }) {
  const problem = model.outcome.problem.value;
  if (problem?.place !== place) return null;
  return (
    <div class="problem" role="alert" id={id} data-code={problem.code}>
      <p class="problem-title">{problem.title}</p>
      {problem.hint && <p>{problem.hint}</p>}
      {problem.details && (
        <details>
          <summary>{say('details')}</summary>
          <p dir="auto">{problem.details}</p>
        </details>
      )}
      {problem.action === 'grant' && (
        <button type="button" class="button" onClick={() => void model.grant()}>
          {say('action_grant')}
        </button>
      )}
      {problem.action === 'reload' && (
        <button type="button" class="button" onClick={() => void model.load()}>
          {say('retry')}
        </button>
      )}
    </div>
  );
}
