// What is said to the model about the form of its answer, where the server is not told or did not see to it.
import type { ChatRequest, JsonObject, RequestMessage } from './types.ts';

const MAX_PROBLEMS = 10;
const MAX_PROBLEM_LENGTH = 300;

/** The request with the schema in its system message: one that is there is extended, because some servers take only one. */
export function withSchemaInPrompt(request: ChatRequest, schema: JsonObject): ChatRequest {
  const words = describeSchema(schema);
  const [first, ...rest] = request.messages;
  const messages: RequestMessage[] =
    first?.role === 'system'
      ? [{ role: 'system', content: `${first.content}\n\n${words}` }, ...rest]
      : [{ role: 'system', content: words }, ...request.messages];
  return { ...request, messages };
}

/** The request for a better answer: what was asked, what came, and what is wrong with it. */
export function repairRequest(
  request: ChatRequest,
  schema: JsonObject,
  answer: string,
  problems: readonly string[],
): ChatRequest {
  const words = `${listProblems(problems)}\n\nAnswer again, complete and corrected. ${describeSchema(schema)}`;
  return {
    ...request,
    messages: [
      ...request.messages,
      // Servers refuse an empty message of the assistant's.
      ...(answer.trim() === '' ? [] : [{ role: 'assistant' as const, content: answer }]),
      { role: 'user', content: words },
    ],
  };
}

/** Problems as a few short sentences, for the model and for the error. */
export function shortProblems(problems: readonly string[]): string[] {
  const short = problems
    .slice(0, MAX_PROBLEMS)
    .map((problem) =>
      problem.length > MAX_PROBLEM_LENGTH ? `${problem.slice(0, MAX_PROBLEM_LENGTH)}…` : problem,
    );
  const more = problems.length - short.length;
  return more > 0 ? [...short, `${more} more`] : short;
}

function describeSchema(schema: JsonObject): string {
  return (
    'Reply with one JSON value that is valid against this JSON schema, and with nothing else: no introduction, no explanation, ' +
    `no code fence.\n\n${JSON.stringify(schema)}`
  );
}

function listProblems(problems: readonly string[]): string {
  return `Your answer cannot be used:\n${shortProblems(problems)
    .map((problem) => `- ${problem}`)
    .join('\n')}`;
}
