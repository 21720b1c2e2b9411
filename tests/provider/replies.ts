// Chooses what the scripted models say.
import { readFixture } from './fixtures.ts';
import { mirrorText } from './mirror.ts';
import { reasonerModel } from './models.ts';
import type { Plan } from './plan.ts';
import { proseTokens } from './prose.ts';
import type { ChatAsk } from './request.ts';
import { cutTokens } from './tokens.ts';
import { findTargetLanguage, translate } from './translate.ts';

/** What is streamed; tokens are read once. */
export interface Reply {
  reasoning: string[];
  tokens: Iterable<string>;
}

function readReply(name: string): string {
  return readFixture(`replies/${name}.md`).trimEnd();
}

const longAnswerTokens = 2000;

// First match wins; the last one is the default.
const script: readonly { when: RegExp; reply: () => Iterable<string> }[] = [
  {
    when: /^\s*(hi|hello|hey|good (morning|afternoon|evening))\b/i,
    reply: () => cutTokens(readReply('greeting')),
  },
  { when: /\b(long|2,?000|story|essay|chapter)\b/i, reply: () => proseTokens(longAnswerTokens) },
  {
    when: /\b(markdown|tables?|lists?|compare|format(ting)?|everything)\b/i,
    reply: () => cutTokens(readReply('markdown')),
  },
  { when: /\b(code|function|typescript|javascript|decoder)\b/i, reply: () => cutTokens(readReply('code')) },
  { when: /\b(summar(y|ise|ize)|in short|tl;?dr)\b/i, reply: () => cutTokens(readReply('summary')) },
  { when: /(?:)/, reply: () => cutTokens(readReply('plain')) },
];

function answer(question: string): Iterable<string> {
  return script.find(({ when }) => when.test(question))?.reply() ?? [];
}

const goOn = /\b(continue|go on|carry on|left off|broke off)\b/i;

/** A partial answer followed by the wish to go on is answered with the rest of the same script. */
function findRest(messages: ChatAsk['messages'], given?: string): Iterable<string> | undefined {
  const [question, partial, wish] = messages.slice(-3);
  if (question?.role !== 'user' || partial?.role !== 'assistant' || wish?.role !== 'user') return undefined;
  if (!goOn.test(wish.text)) return undefined;
  const whole = given ?? [...answer(question.text)].join('');
  return whole.startsWith(partial.text) ? cutTokens(whole.slice(partial.text.length)) : undefined;
}

export function createReply(ask: ChatAsk, plan: Plan): Reply {
  const reasons = plan.reasoning ?? (ask.model === reasonerModel ? readReply('reasoning') : '');
  return { reasoning: cutTokens(reasons), tokens: chooseTokens(ask, plan) };
}

function chooseTokens(ask: ChatAsk, plan: Plan): Iterable<string> {
  if (plan.text !== undefined) {
    return (plan.resume ? findRest(ask.messages, plan.text) : undefined) ?? cutTokens(plan.text);
  }
  if (plan.tokens !== undefined) return proseTokens(plan.tokens);
  if (plan.toolCalls) return [];
  const asked = ask.messages.findLast((message) => message.role === 'user')?.text ?? '';
  if (plan.mirror) return cutTokens(mirrorText(asked, plan.mirror));
  const system = ask.messages.find((message) => message.role === 'system')?.text ?? '';
  const language = findTargetLanguage(system);
  if (language !== undefined) return cutTokens(translate(asked, language));
  return findRest(ask.messages) ?? answer(asked);
}
