// The same words in every way a server may frame them.
import { row } from './harness/row.ts';
import { chunkLines, event, STOP } from './harness/text.ts';

const PIECES = ['Drop 1 arrives. ', 'Größer: 水. ', 'Drop 3 arrives.'];
const PLAIN = `${chunkLines(PIECES)}${STOP}`;
const delta = (value: unknown, rest: object = {}) =>
  event({ choices: [{ index: 0, delta: value, ...rest }] });

const framings: readonly [id: string, title: string, body: string, text?: string][] = [
  ['S15', 'CRLF', PLAIN.replaceAll('\n', '\r\n')],
  ['S15', 'a lone CR', PLAIN.replaceAll('\n', '\r')],
  ['S15', 'a byte order mark', `\uFEFF${PLAIN}`],
  ['S15', 'no space after the colon', PLAIN.replaceAll('data: ', 'data:')],
  [
    'S15',
    'data over several lines',
    chunkLines(PIECES).replaceAll('"delta":', '\ndata: "delta":\ndata: ') + STOP,
  ],
  ['S15', 'comments between all events', `: hello\n\n${PLAIN.replaceAll('\n\n', '\n\n: still here\n\n')}`],
  [
    'S15',
    'ids, retry fields and event names',
    PLAIN.replaceAll('data: {', 'id: 7\nretry: 10\nevent: message\ndata: {'),
  ],
  [
    'S17',
    'a chunk of usage without choices, an empty delta, repeated roles, null content',
    [
      delta({ role: 'assistant', content: null }),
      delta(null),
      ...PIECES.map((content) => delta({ role: 'assistant', content })),
      event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 } }),
      delta({ content: null }),
      delta({}, { finish_reason: 'stop' }),
      event({ choices: [], usage: null }),
      'data: [DONE]\n\n',
    ].join(''),
  ],
  [
    'S24',
    'another model, an id that changes, a second choice',
    [
      event({ id: 'a', model: 'other', choices: [{ index: 0, delta: { content: PIECES[0] } }] }),
      event({ id: 'b', model: 'third', choices: [{ index: 1, delta: { content: 'Not this. ' } }] }),
      event({
        id: 'b',
        choices: [
          { index: 1, delta: { content: 'Nor this. ' } },
          { index: 0, delta: { content: PIECES[1] } },
        ],
      }),
      event({ id: 'c', choices: [{ index: 0, delta: { content: PIECES[2] } }] }),
      event({ id: 'c', choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] }),
      STOP,
    ].join(''),
  ],
  [
    'Sx8',
    'no empty line at the end, no [DONE]',
    `${chunkLines(PIECES)}${delta({}, { finish_reason: 'stop' }).trimEnd()}`,
  ],
  ['Sx9', 'chunks after [DONE]', `${PLAIN}${chunkLines(['Too late.'])}`],
];

for (const [id, title, body] of framings) {
  row({ id, title }, async (lab) => {
    lab.provider.plan({ rawSse: body, splitBytes: 17, splitDelayMs: 0 });
    await lab.ask('Say something');
    await lab.ends('done');
    return { state: 'done', trouble: null, requests: 1, shown: { text: PIECES.join('') } };
  });
}

row({ id: 'S15', title: 'nothing but comments, then the end' }, async (lab) => {
  lab.provider.plan({ rawSse: ': one\n\n: two\n\n' });
  await lab.ask('Say something');
  await lab.ends('failed');
  return { state: 'failed', trouble: { code: 'interrupted', action: 'Retry' }, requests: 1 };
});
