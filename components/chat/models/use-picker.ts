// What the list of models does: which rows are shown, which one is active, what a key means. The views only draw it.
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { ModelLists } from '../../../lib/chat/model-lists.ts';
import { groupModels, type ModelRow } from '../../../lib/chat/model-rows.ts';
import { providersOf } from '../../../lib/settings/providers.ts';
import { stepFrom } from './step.ts';

/** Every provider's models, as far as they have come and fit what was `typed`. */
function useGroups({ setup, deps }: ChatModel, typed: string) {
  const [lists] = useState(() => new ModelLists(deps.connect));
  const settings = setup.value?.settings;
  const byProvider = lists.byProvider.value;
  const groups = useMemo(
    () => (settings ? groupModels(settings, byProvider, typed) : []),
    [settings, byProvider, typed],
  );
  const load = (isFresh: boolean) => {
    const current = setup.peek()?.settings;
    if (current)
      lists.load(
        providersOf(current).map(({ baseUrl }) => baseUrl),
        isFresh,
      );
  };
  useEffect(() => load(false), [lists]);
  const retry = (baseUrl: string) => lists.load([baseUrl], true);
  return { settings, lists: byProvider, groups, rows: groups.flatMap((group) => group.rows), load, retry };
}

/** `leave`: closes the list; `isChosen` where a model was chosen. */
export function usePicker(model: ChatModel, leave: (isChosen: boolean) => void) {
  const { models } = model;
  const query = useSignal('');
  const stepped = useSignal<string | null>(null);
  const isUsual = useSignal(false);
  const typed = query.value;
  const known = useGroups(model, typed);
  const { rows } = known;
  const asked = models.asked.value;
  const askedKey = `${asked?.baseUrl} ${asked?.model}`;
  // Without a step of one's own: what is asked now, or what fits best.
  const active = rows.find(({ key }) => key === (stepped.value ?? (typed === '' ? askedKey : ''))) ?? rows[0];

  return {
    ...known,
    active,
    askedKey,
    query: typed,
    isUsual,
    type(text: string): void {
      query.value = text;
      stepped.value = null;
    },
    choose(row: ModelRow): void {
      void models.choose({ baseUrl: row.baseUrl, model: row.model.id }, isUsual.value);
      leave(true);
    },
    chooseUsual(): void {
      void models.choose(null);
      leave(true);
    },
    favour({ baseUrl, model, isFavourite }: ModelRow): void {
      void models.favour({ baseUrl, model: model.id }, !isFavourite);
    },
    /** Whether the key was used up. */
    press(key: string): boolean {
      const next = stepFrom(rows, active, key);
      if (next) stepped.value = next.key;
      else if (key === 'Enter' && active) this.choose(active);
      else return false;
      return true;
    },
  };
}

export type Picker = ReturnType<typeof usePicker>;
