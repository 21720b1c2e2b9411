import type { Signal } from '@preact/signals';
import { say } from '../../lib/words/say.ts';
import { IconButton } from '../Button.tsx';
import { Icon } from '../Icon.tsx';
import { CopyButton } from './CopyButton.tsx';
import { canAskAgain, canGoOn } from './can-do.ts';
import type { TurnProps } from './Message.tsx';
import { MoreMenu } from './MoreMenu.tsx';

export interface MessageActionsProps extends TurnProps {
  showsDetails: Signal<boolean>;
}

/** The buttons under an answer that has ended. */
export function MessageActions({ turn, model, isLast, showsDetails }: MessageActionsProps) {
  const state = turn.reply.state.value;
  const trouble = turn.reply.trouble.value;
  // A card of trouble has the button itself.
  const isQuiet = !trouble || trouble.code === 'aborted';
  const hasText = turn.reply.text.text !== '';
  const again = () => model.actions.regenerate(turn.id);
  return (
    <span class="actions">
      {hasText && <CopyButton label={say('do_copy')} copy={() => model.actions.copy(turn.id)} />}
      {canAskAgain(turn) && state === 'done' && (
        <IconButton small icon="refresh" label={say('regenerateLabel')} onClick={again} />
      )}
      {canGoOn(turn, model, isLast) && isQuiet && (
        <IconButton small icon="go-on" label={say('goOn')} onClick={() => model.actions.goOn(turn.id)} />
      )}
      {canAskAgain(turn) && state !== 'done' && isQuiet && (
        <IconButton small icon="refresh" label={say('retry')} onClick={again} />
      )}
      <button
        type="button"
        class="icon-button small"
        aria-label={say('details')}
        title={say('details')}
        aria-expanded={showsDetails.value}
        onClick={() => {
          showsDetails.value = !showsDetails.value;
        }}
      >
        <Icon name="info" />
      </button>
      <MoreMenu
        entries={[
          ...(hasText ? [{ label: say('copyPlain'), run: () => void model.actions.copyPlain(turn.id) }] : []),
          { label: say('deleteIt'), run: () => model.actions.remove(turn.id) },
        ]}
      />
    </span>
  );
}
