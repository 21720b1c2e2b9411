import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { directionOf } from '../../lib/chat/direction.ts';
import { figuresOf } from '../../lib/chat/figures.ts';
import { findCapture } from '../../lib/chat/find-capture.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import { isLive, type Reply } from '../../lib/chat/reply.ts';
import type { TurnModel } from '../../lib/chat/turn-list.ts';
import { IconButton } from '../Button.tsx';
import { drawText } from './draw-text.ts';
import { Reasoning } from './Reasoning.tsx';
import { TroubleCard } from './TroubleCard.tsx';
import { Waiting } from './Waiting.tsx';

interface TurnProps {
  turn: TurnModel;
  model: ChatModel;
  isLast: boolean;
}

/** A question and its answer. */
export function TurnMessages(props: TurnProps) {
  const { turn } = props;
  return (
    <>
      {turn.userText !== '' && (
        <article class="message user" data-role="user" data-state="done" aria-label="Your message">
          <div class="user-text" dir="auto">
            {turn.userText}
          </div>
        </article>
      )}
      <AssistantMessage {...props} />
    </>
  );
}

function AssistantMessage({ turn, model, isLast }: TurnProps) {
  const { reply } = turn;
  const state = reply.state.value;
  const thinking = reply.thinking.value;
  const isGoingOn = state === 'continuing';
  const isSilent = state === 'waiting' || state === 'retrying' || isGoingOn;
  return (
    <article
      class={isLast ? 'message assistant last' : 'message assistant'}
      data-role="assistant"
      data-state={state}
      aria-label="Answer"
      aria-busy={isLive(state)}
    >
      {turn.kind === 'translation' && (
        <p class="why">This page cannot be changed by extensions, so the translation is shown here.</p>
      )}
      {thinking && (
        <Reasoning reply={reply} thinking={thinking} isAnswer={!isLive(state) && reply.text.text === ''} />
      )}
      <ReplyText turn={turn} model={model} />
      {isSilent && (
        <Waiting
          since={turn.createdAt}
          retryAt={reply.retryAt.value}
          isGoingOn={isGoingOn}
          now={model.deps.now}
          cancel={() => model.stop()}
        />
      )}
      <ReplyTrouble turn={turn} model={model} isLast={isLast} />
      <footer class="message-foot">
        <Figures reply={reply} />
        {!isLive(state) && <Actions turn={turn} model={model} isLast={isLast} />}
      </footer>
    </article>
  );
}

function ReplyText({ turn, model }: Omit<TurnProps, 'isLast'>) {
  const { reply } = turn;
  const root = useRef<HTMLDivElement>(null);
  const { copyText } = model.deps;
  useLayoutEffect(
    () => (root.current ? drawText(root.current, reply.text, copyText) : undefined),
    [reply, copyText],
  );
  const state = reply.state.value;
  const isStreaming = (state === 'streaming' || state === 'continuing') && !reply.thinking.value?.active;
  return (
    <div
      class="prose"
      ref={root}
      lang={turn.language}
      dir={turn.language ? directionOf(turn.language) : undefined}
      data-streaming={isStreaming ? '' : undefined}
    />
  );
}

function ReplyTrouble({ turn, model, isLast }: TurnProps) {
  const { reply } = turn;
  const trouble = reply.trouble.value;
  if (isLive(reply.state.value)) return null;
  if (turn.isDamaged)
    return (
      <p class="stopped" data-code="storage">
        {trouble?.message}
      </p>
    );
  if (!trouble) {
    const cut = reply.state.value === 'partial' ? 'Ended early.' : undefined;
    const note = reply.ending === null ? cut : endNotes[reply.ending];
    return note ? <p class="stopped">{note}</p> : null;
  }
  if (trouble.code === 'aborted')
    return (
      <p class="stopped" data-code="aborted">
        Stopped
      </p>
    );
  return (
    <TroubleCard
      trouble={trouble}
      host={model.host.value}
      openOptions={model.deps.openOptions}
      newChat={() => void model.newChat()}
      goOn={canGoOn(turn, model, isLast) ? () => model.goOn(turn.id) : undefined}
      retry={canAskAgain(turn, isLast) ? () => model.regenerate(turn.id) : undefined}
      keep={reply.state.value === 'partial' && turn.kind === 'chat' ? () => model.keep(turn.id) : undefined}
      findCapture={() => findCapture(model.deps.connect, turn.id)}
    />
  );
}

/** Asking again replaces the end of the path, so only the last answer offers it; a translation is begun in its page. */
function canAskAgain(turn: TurnModel, isLast: boolean): boolean {
  return isLast && turn.kind === 'chat' && !turn.isDamaged;
}

/** Ends that are no trouble and still not the model's own. */
const endNotes: Partial<Record<string, string>> = {
  length: 'Ended at the length limit.',
  'content-filter': 'Ended by the content filter of the server.',
  error: 'Ended by an error of the server.',
};

/** An answer that broke, was stopped or ran into its limit has a place to go on from. */
function canGoOn({ kind, reply }: TurnModel, model: ChatModel, isLast: boolean): boolean {
  if (!isLast || kind !== 'chat' || reply.text.text === '') return false;
  if (model.setup.value?.settings.continuing === 'never') return false;
  return reply.state.value === 'partial' || reply.ending === 'length';
}

function Figures({ reply }: { reply: Reply }) {
  const stats = reply.shownStats.value;
  if (stats.chunks === 0 && stats.retries === 0) return null;
  const figures = figuresOf(stats);
  return (
    <span
      class="figures"
      data-part="stats"
      title="Time to the first token, speed, length, chunks received"
      {...figures.attributes}
    >
      {figures.line}
    </span>
  );
}

function Actions({ turn, model, isLast }: TurnProps) {
  const isCopied = useSignal(false);
  const state = turn.reply.state.value;
  const trouble = turn.reply.trouble.value;
  const copy = async () => {
    isCopied.value = await model.copy(turn.id);
    setTimeout(() => {
      isCopied.value = false;
    }, 2000);
  };
  return (
    <span class="actions">
      {turn.reply.text.text !== '' && (
        <IconButton small icon={isCopied.value ? 'check' : 'copy'} label="Copy" onClick={() => void copy()} />
      )}
      {canAskAgain(turn, isLast) && state === 'done' && (
        <IconButton small icon="refresh" label="Regenerate" onClick={() => model.regenerate(turn.id)} />
      )}
      {canGoOn(turn, model, isLast) && (!trouble || trouble.code === 'aborted') && (
        <IconButton small icon="go-on" label="Continue" onClick={() => model.goOn(turn.id)} />
      )}
      {/* A card of trouble has the button itself. */}
      {canAskAgain(turn, isLast) && state !== 'done' && (!trouble || trouble.code === 'aborted') && (
        <IconButton small icon="refresh" label="Retry" onClick={() => model.regenerate(turn.id)} />
      )}
    </span>
  );
}
