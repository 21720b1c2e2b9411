import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { factsOf, type ModelGroup, type ModelRow } from '../../../lib/chat/model-rows.ts';
import { say } from '../../../lib/words/say.ts';

interface ModelListProps {
  groups: readonly ModelGroup[];
  active: ModelRow | undefined;
  /** Key of the model that is asked. */
  askedKey: string;
  choose: (row: ModelRow) => void;
  favour: (row: ModelRow) => void;
}

/** Rows that are drawn at once; more follow where somebody scrolls or steps towards the end. */
const STEP = 80;
/** Pixels from the end at which more are drawn. */
const NEAR = 400;

// The focus stays in the search box, which handles the keys; the list is for the eye, the pointer and, by aria-activedescendant, the ear.
export function ModelList({ groups, active, askedKey, choose, favour }: ModelListProps) {
  const list = useRef<HTMLDivElement>(null);
  const limit = useSignal(STEP);
  const rows = groups.flatMap((group) => group.rows);
  const at = active ? rows.indexOf(active) : -1;
  const shown = Math.max(limit.value, at + STEP / 2);
  useEffect(() => {
    list.current?.querySelector(`#model-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  let index = 0;
  return (
    <div
      id="model-list"
      class="model-list"
      ref={list}
      role="listbox"
      aria-label={say('models')}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        if (scrollHeight - scrollTop - clientHeight < NEAR && shown < rows.length) limit.value = shown + STEP;
      }}
    >
      {groups.map((group) => {
        const first = index;
        index += group.rows.length;
        if (first >= shown) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, as the pattern for lists has it; no fieldset
          <div key={group.key} role="group" aria-label={group.name}>
            <p class="group-name" aria-hidden="true">
              {group.name}
            </p>
            {group.rows.slice(0, shown - first).map((row, offset) => (
              <Option
                key={row.key}
                row={row}
                index={first + offset}
                count={rows.length}
                isActive={first + offset === at}
                isAsked={row.key === askedKey}
                hasProvider={group.key !== row.baseUrl}
                choose={choose}
                favour={favour}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface OptionProps {
  row: ModelRow;
  /** Place in the whole list. */
  index: number;
  count: number;
  isActive: boolean;
  isAsked: boolean;
  /** The group does not say whose it is. */
  hasProvider: boolean;
  choose: (row: ModelRow) => void;
  favour: (row: ModelRow) => void;
}

function Option({ row, index, count, isActive, isAsked, hasProvider, choose, favour }: OptionProps) {
  const { model, provider, isTyped, isFavourite } = row;
  const facts = factsOf(model);
  const second = [
    model.name === model.id ? '' : model.name,
    hasProvider ? provider : '',
    ...facts.map(({ short }) => short),
  ].filter(Boolean);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search box has the focus and handles the keys
    <div
      id={`model-${index}`}
      class={isActive ? 'model-option active' : 'model-option'}
      role="option"
      aria-selected={isAsked}
      aria-posinset={index + 1}
      aria-setsize={count}
      tabIndex={-1}
      title={facts.map(({ full }) => full).join('\n')}
      onClick={() => choose(row)}
    >
      {/* For the pointer; the keyboard has a button below the list. */}
      <span
        class={isFavourite ? 'star on' : 'star'}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          if (isTyped) choose(row);
          else favour(row);
        }}
      >
        {isTyped ? '' : isFavourite ? '★' : '☆'}
      </span>
      <span class="model-names">
        <bdi>{model.id}</bdi>
        {second.length > 0 && <small>{second.join(' · ')}</small>}
      </span>
    </div>
  );
}
