// What is sent with each question of the conversation on screen, beside its words. What is left empty is not sent.
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { askAgain } from '../../../lib/chat/questions.ts';
import type { Params, Totals } from '../../../lib/protocol/contract.ts';
import { totalsLine } from '../../../lib/usage/words.ts';
import { say, sayCount } from '../../../lib/words/say.ts';

export function ParamFields({ model }: { model: ChatModel }) {
  const { models } = model;
  const params = models.asked.value?.params ?? {};
  const count = Object.values(params).filter((value) => value !== undefined).length;
  const set = (change: Params) => void models.setParams({ ...models.asked.peek()?.params, ...change });
  return (
    <>
      <details class="params">
        <summary>{count === 0 ? say('parameters') : sayCount('parametersSet', count)}</summary>
        <div class="param-fields">
          <NumberParam
            label={say('temperature')}
            value={params.temperature}
            max={2}
            step={0.1}
            set={(temperature) => set({ temperature })}
          />
          <NumberParam
            label={say('longestAnswer')}
            value={params.maxTokens}
            min={1}
            max={10_000_000}
            step={1}
            set={(maxTokens) => set({ maxTokens })}
          />
          <label>
            {say('effort')}
            <select
              class="field"
              value={params.effort ?? ''}
              onChange={({ currentTarget: { value } }) =>
                set({ effort: value === 'low' || value === 'medium' || value === 'high' ? value : undefined })
              }
            >
              <option value="">{say('effortOwn')}</option>
              <option value="low">{say('effortLow')}</option>
              <option value="medium">{say('effortMedium')}</option>
              <option value="high">{say('effortHigh')}</option>
            </select>
          </label>
        </div>
        <p class="hint">{say('parametersHint')}</p>
      </details>
      <ChatTotals model={model} />
    </>
  );
}

interface NumberParamProps {
  label: string;
  value: number | undefined;
  min?: number;
  max: number;
  step: number;
  set: (value: number | undefined) => void;
}

function NumberParam({ label, value, min = 0, max, step, set }: NumberParamProps) {
  const id = useId();
  const isWrong = useSignal(false);
  /** What is typed and not taken over (yet). */
  const draft = useSignal<string | null>(null);
  return (
    <div>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step}
        placeholder={say('paramNotSent')}
        aria-invalid={isWrong.value}
        aria-describedby={isWrong.value ? `${id}-wrong` : undefined}
        value={draft.value ?? value ?? ''}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onChange={({ currentTarget }) => {
          const { value: text, valueAsNumber: number } = currentTarget;
          const isWhole = step < 1 || Number.isInteger(number);
          // A box for numbers has no text where something else was typed.
          const isEmpty = text === '' && !currentTarget.validity.badInput;
          isWrong.value = !isEmpty && !(number >= min && number <= max && isWhole);
          if (isWrong.value) return;
          draft.value = null;
          set(isEmpty ? undefined : number);
        }}
      />
      {isWrong.value && (
        <p class="hint wrong" id={`${id}-wrong`} role="alert">
          {say('numberBetween', min, max)}
        </p>
      )}
    </div>
  );
}

/** What the conversation has used so far. */
function ChatTotals({ model }: { model: ChatModel }) {
  const totals = useSignal<Totals | null>(null);
  const id = model.models.conversationId.value;
  useEffect(() => {
    if (id === undefined) return;
    askAgain<'conversation-usage'>(model.deps.connect, {
      type: 'conversation-usage',
      conversationId: id,
    }).then(
      (found) => {
        totals.value = found;
      },
      () => {},
    );
  }, [id, model, totals]);
  if (!totals.value) return null;
  return (
    <p class="hint" data-part="conversation-usage">
      {say('thisChatUsed', totalsLine(totals.value))}
    </p>
  );
}
