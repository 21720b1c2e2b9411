// The title of a conversation, from its first exchange and without asking a model: what the question says first, as plain words.

const MAX_TITLE = 60;
/** A question of fewer letters ("Hi", "Why?") names nothing; then the answer does. */
const MIN_TELLING = 8;

const GREETING =
  /^(?:hi|hey|hello|good (?:morning|afternoon|evening)|hola|hallo|guten (?:tag|morgen)|bonjour|salut|olá|oi|ciao)(?: (?:there|all|everyone))?[\s,.!]+/i;
const POLITE = /^(?:please|bitte|por favor|s['’]il (?:te|vous) pla[iî]t)[\s,]+/i;

/** At most 60 characters; empty where neither side says anything in words. `answer` is asked only where the question says too little. */
export function titleFrom(question: string, answer = ''): string {
  const asked = firstWords(question, true);
  if (asked.length >= MIN_TELLING || !/\S/.test(answer) || isDense(asked)) return asked;
  return firstWords(answer, false) || asked;
}

/** Scripts that say in four characters what others need twenty for. */
function isDense(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{3}/u.test(text);
}

function firstWords(text: string, isQuestion: boolean): string {
  for (const line of telling(text)) {
    const plain = plainText(line);
    const polite = isQuestion ? plain.replace(GREETING, '').replace(POLITE, '') : plain;
    const words = (polite || plain).trim();
    if (/[\p{L}\p{N}]/u.test(words)) return cut(capital(words));
  }
  return '';
}

/** Lines that may name something: quotations and what stands between fences come last. */
function telling(text: string): string[] {
  const own: string[] = [];
  const quoted: string[] = [];
  let isFenced = false;
  for (const line of text.slice(0, 4000).split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    else if (isFenced || /^\s*>/.test(line)) quoted.push(line);
    else own.push(line);
  }
  return [...own, ...quoted].filter((line) => line.trim() !== '');
}

/** Without the marks of markdown. */
function plainText(line: string): string {
  return line
    .replace(/^[\s>]*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)?/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/(\*\*|__|~~|`+)/g, '')
    .replace(/(^|\s)[*_](\S[^*_]*\S|\S)[*_](?=\s|[.,:;!?]|$)/g, '$1$2')
    .replace(/^["“”„«»‹›'‘’]+|["“”„«»‹›'‘’]+$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function capital(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase('en') + text.slice(first.length);
}

/** A sentence where one ends in time, else as many words as fit. */
function cut(text: string): string {
  const sentence =
    /^.{12,60}?[.!?。！？…](?=\s|$|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u.exec(text)?.[0];
  const whole = (sentence ?? text).replace(/[\s.:,;。]+$/, '');
  if (whole.length <= MAX_TITLE) return whole;
  const head = [...whole.slice(0, MAX_TITLE)].slice(0, -1).join('');
  const space = head.lastIndexOf(' ');
  return `${(space > 30 ? head.slice(0, space) : head).replace(/[\s.:,;–—-]+$/, '')}…`;
}
