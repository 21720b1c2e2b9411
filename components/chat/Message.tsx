import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { directionOf } from '../../lib/chat/direction.ts';
import { figuresOf } from '../../lib/chat/figures.ts';
import { findCapture } from '../../lib/chat/find-capture.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import type { Reply } from '../../lib/chat/reply.ts';
import { isLive } from '../../lib/chat/reply-types.ts';
import type { TurnModel } from '../../lib/chat/turn-list.ts';
import { type MessageName, say } from '../../lib/words/say.ts';
import { later } from '../later.tsx';
import { canAskAgain, canGoOn } from './can-do.ts';
import { drawing } from './drawing.ts';
import { messageOf } from './focus.ts';
import { loadTroubleCard } from './load-trouble-card.ts';
import { Reasoning } from './Reasoning.tsx';
import { UserMessage } from './UserMessage.tsx';
import { Waiting } from './Waiting.tsx';

const AnswerTools = later(() => import('./message-tools.tsx').then((module) => module.AnswerTools));
const RemovedMessage = later(() => import('./message-tools.tsx').then((module) => module.RemovedMessage));
const TroubleCard = later(loadTroubleCard);
const ToolCalls = later(() => import('./ToolCalls.tsx').then((module) => module.ToolCalls));
const StoodIn = later(() => import('./models/StoodIn.tsx').then((module) => module.StoodIn));
const Details = later(() => import('./MessageDetails.tsx').then((module) => module.MessageDetails));

export interface TurnProps {
  turn: TurnModel;
  model: ChatModel;
  isLast: boolean;
}

/** A question and its answer. */
export function TurnMessages(props: TurnProps) {
  const { turn, model } = props;
  if (model.actions.removal.pending.value === turn.id) return <RemovedMessage turn={turn} model={model} />;
  return (
    <>
      <UserMessage {...props} />
      <AssistantMessage {...props} />
    </>
  );
}

function AssistantMessage({ turn, model, isLast }: TurnProps) {
  const { reply } = turn;
  const showsDetails = useSignal(false);
  const state = reply.state.value;
  const thinking = reply.thinking.value;
  const isGoingOn = state === 'continuing';
  const isSilent = state === 'waiting' || state === 'retrying' || isGoingOn;
  return (
    <article
      class={isLast ? 'message assistant last' : 'message assistant'}
      data-role="assistant"
      data-state={state}
      data-turn={turn.id}
      tabIndex={-1}
      aria-label={say('answerLabel')}
      aria-busy={isLive(state)}
    >
      {turn.kind === 'translation' && <p class="why">{say('shownHere')}</p>}
      {thinking && (
        <Reasoning reply={reply} thinking={thinking} isAnswer={!isLive(state) && reply.text.text === ''} />
      )}
      {reply.facts.value.attempts.some((attempt) => attempt.model) && <StoodIn reply={reply} />}
      <ReplyText turn={turn} model={model} />
      {reply.toolCalls.value.length > 0 && <ToolCalls reply={reply} />}
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
        <AnswerTools
          turn={turn}
          model={model}
          isLast={isLast}
          isLive={isLive(state)}
          showsDetails={showsDetails}
        />
      </footer>
      {showsDetails.value && !isLive(state) && <Details turn={turn} model={model} />}
    </article>
  );
}

function ReplyText({ turn, model }: Omit<TurnProps, 'isLast'>) {
  const { reply } = turn;
  const root = useRef<HTMLDivElement>(null);
  const { copyText } = model.deps;
  const draw = drawing.value?.drawText;
  useLayoutEffect(
    () => (root.current ? draw?.(root.current, reply.text, copyText) : undefined),
    [reply, copyText, draw],
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
        {say('messageDamaged')}
      </p>
    );
  if (!trouble) {
    const cut = reply.state.value === 'partial' ? 'endedEarly' : undefined;
    const note = reply.ending === null ? cut : endNotes[reply.ending];
    return note ? <p class="stopped">{say(note)}</p> : null;
  }
  if (trouble.code === 'aborted')
    return (
      <p class="stopped" data-code="aborted">
        {say('stoppedHere')}
      </p>
    );
  return (
    <TroubleCard
      trouble={trouble}
      host={model.models.host.value}
      openOptions={model.deps.openOptions}
      newChat={() => void model.newChat()}
      chooseModel={() => (model.models.wantsList.value = true)}
      goOn={canGoOn(turn, model, isLast) ? () => model.actions.goOn(turn.id) : undefined}
      retry={canAskAgain(turn) ? () => model.actions.regenerate(turn.id) : undefined}
      keep={
        reply.state.value === 'partial' && turn.kind === 'chat'
          ? () => {
              // The button goes away with the card.
              messageOf(turn.id, 'assistant')?.focus();
              model.actions.keep(turn.id);
            }
          : undefined
      }
      findCapture={() => findCapture(model.deps.connect, turn.id)}
    />
  );
}

/** Ends that are no trouble and still not the model's own. */
const endNotes: Partial<Record<string, MessageName>> = {
  length: 'endedLength',
  'content-filter': 'endedFilter',
  error: 'endedError',
};

function Figures({ reply }: { reply: Reply }) {
  const stats = reply.shownStats.value;
  if (stats.chunks === 0 && stats.retries === 0) return null;
  const figures = figuresOf(stats);
  return (
    <span class="figures" dir="auto" data-part="stats" title={say('figuresHint')} {...figures.attributes}>
      {figures.line}
    </span>
  );
}
