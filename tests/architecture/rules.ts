// The rules as data.
import type { Import } from './sources.ts';

interface Row {
  /** Files the row is about. */
  from: RegExp;
  /** What they may import beside their own folder: paths in the repository, or package names. */
  may: RegExp[];
}

const wire = /^lib\/protocol\/(client|contract|channel)\.ts$/;
const attachments = /^lib\/protocol\/attachments\.ts$/;
const words = /^lib\/words\//;
const settings = /^lib\/settings\//;
const style = /\.css$/;

// The first row that matches a file holds.
const table: Row[] = [
  { from: /^lib\/engine\//, may: [/^eventsource-parser$/] },
  { from: /^lib\/providers\//, may: [/^lib\/engine\//] },
  {
    from: /^lib\/protocol\//,
    may: [/^lib\/engine\//, /^lib\/settings\/(schema|provider)\.ts$/, /^valibot$/],
  },
  {
    from: /^lib\/history\//,
    may: [/^lib\/engine\/(types|errors|fold|stats|think)\.ts$/, words, /^valibot$/],
  },
  {
    from: /^lib\/(settings|store)\//,
    may: [
      /^lib\/engine\//,
      /^lib\/history\//,
      /^lib\/platform\//,
      /^lib\/settings\/provider\.ts$/,
      words,
      /^valibot$/,
    ],
  },
  {
    from: /^lib\/jobs\//,
    may: [
      /^lib\/engine\//,
      /^lib\/protocol\//,
      /^lib\/history\//,
      /^lib\/translate\/(prompt|marks|languages|batch)\.ts$/,
      words,
    ],
  },
  {
    from: /^lib\/usage\//,
    may: [
      /^lib\/engine\//,
      /^lib\/history\/temporary\.ts$/,
      /^lib\/store\/(database|idb|migrations)\.ts$/,
      /^lib\/jobs\/meter\.ts$/,
      words,
    ],
  },
  { from: /^lib\/prompts\//, may: [words] },
  {
    from: /^lib\/context\//,
    may: [/^lib\/engine\/stats\.ts$/, attachments, words, /^@mozilla\/readability$/],
  },
  { from: /^lib\/render\//, may: [/^marked$/, /^highlight\.js\//, /^temml$/] },
  {
    from: /^lib\/translate\//,
    may: [/^lib\/render\//, wire, /^lib\/engine\/(types|errors|stats)\.ts$/, words],
  },
  {
    from: /^lib\/search\//,
    may: [
      /^lib\/(store|history)\//,
      /^lib\/platform\/notices\.ts$/,
      /^lib\/engine\/think\.ts$/,
      /^minisearch$/,
    ],
  },
  {
    from: /^lib\/chat\//,
    may: [
      wire,
      /^lib\/history\//,
      /^lib\/engine\/(types|errors|fold|stats|think|finish)\.ts$/,
      settings,
      /^lib\/usage\/(days|totals|words)\.ts$/,
      /^lib\/(render|context|prompts)\//,
      attachments,
      words,
      /^@preact\/signals/,
    ],
  },
  {
    from: /^lib\/options\//,
    may: [
      /^lib\/protocol\//,
      /^lib\/engine\/(types|errors)\.ts$/,
      settings,
      /^lib\/usage\/(days|totals|words)\.ts$/,
      /^lib\/prompts\//,
      /^lib\/providers\/presets\.ts$/,
      /^lib\/translate\/languages\.ts$/,
      words,
      /^@preact\/signals/,
    ],
  },
  { from: words, may: [/^lib\/engine\/(types|errors)\.ts$/, /^public\/_locales\/en\/messages\.json$/] },
  {
    from: /^lib\/platform\//,
    may: [
      /^lib\/protocol\/(channel|contract)\.ts$/,
      /^lib\/context\/take-page\.ts$/,
      /^webextension-polyfill$/,
      /^wxt\/browser$/,
      words,
    ],
  },
  {
    from: /^lib\/still\//,
    may: [
      /^lib\/protocol\/contract\.ts$/,
      /^lib\/platform\/(page-language|drafts)\.ts$/,
      /^@preact\/signals/,
    ],
  },
  {
    from: /^components\//,
    may: [
      /^components\//,
      style,
      /^lib\/(chat|options|render|prompts|history|still)\//,
      attachments,
      /^lib\/settings\/(schema|providers)\.ts$/,
      /^lib\/usage\/words\.ts$/,
      /^lib\/translate\/languages\.ts$/,
      words,
      /^lib\/engine\/(types|errors|stats)\.ts$/,
      /^preact/,
      /^@preact\/signals/,
    ],
  },
  { from: /^entrypoints\//, may: [/./] },
];

// A type costs nothing at run time; the wire's types are the common language of both ends.
const typesForAll =
  /^lib\/(protocol\/(contract|history|search|page|channel|attachments)|context\/page-types|engine\/(types|errors|stats)|settings\/(schema|provider))\.ts$/;

function allows(path: string, found: Import): boolean {
  const to = found.target ?? found.specifier;
  const folder = path.split('/').slice(0, 2).join('/');
  if (to.startsWith(`${folder}/`) && !folder.startsWith('entrypoints')) return true;
  const row = table.find(({ from }) => from.test(path));
  if (!row) return false;
  if (
    found.typeOnly &&
    typesForAll.test(to) &&
    !path.startsWith('lib/render/') &&
    !path.startsWith('lib/engine/')
  )
    return true;
  return row.may.some((pattern) => pattern.test(to));
}

export const rules = {
  allows,
  maxLines: 200,
  maxFunctionLines: 60,
  /** `path name` of functions that may be longer, each with its reason beside it. */
  longFunctionsAllowed: [] as string[],
  forbiddenInProduct: [
    { name: 'the type any', pattern: /:\s*any\b|\bas any\b|<any\b|\bany\[\]/ },
    {
      name: 'HTML strings',
      pattern: /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|srcdoc)\b/,
    },
    {
      name: 'document.write or a DOM parser',
      pattern: /document\.write|\bDOMParser\b|createContextualFragment/,
      /** Its document runs nothing, loads nothing, and is read for its text alone. */
      except: /^lib\/context\/readable-text\.ts$/,
    },
    { name: 'evaluated strings', pattern: /\beval\s*\(|\bnew Function\b/ },
  ],
  // Pieces, so that this file does not contain what it forbids.
  outside: new RegExp(
    [
      '\\.\\./sha' + 'red',
      '(?<![\\w.~:*])/wo' + 'rk/',
      '(?<![\\w.:*])/tm' + 'p/[a-z]',
      '/ho' + 'me/[a-z]',
    ].join('|'),
  ),
  /** The one constant that may: recordings of real servers, which are too large to carry along; their test does without them. */
  outsideAllowed: /^const RECORDED_STREAMS = .*$/m,
  /** Rooms that no script in a page may bring along. */
  keptFromPages:
    /^lib\/(providers|store|settings|jobs|options|chat)\/|^components\/|^lib\/translate\/languages\.ts$/,
  notInPageScript: [
    'ai.megallm.io',
    'api.openai.com',
    'openrouter.ai',
    'runnel-vault',
    'firstToken',
    'targetLanguage',
    'Bearer',
  ],
};
