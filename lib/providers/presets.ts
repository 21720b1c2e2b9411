// The providers we know by name, as data: where they are, where a key is made, and in what they differ from the rest.

export interface Preset {
  id: string;
  /** A brand, which is the same in every language. */
  name: string;
  /** The message that names it, where the brand ($1) does not say all. */
  words?: 'onThisComputer' | 'otherServerHere';
  baseUrl: string;
  /** False where the server works without a key (a server of one's own). */
  needsKey: boolean;
  /** Where a key is made; shown as a link. */
  keyUrl?: string;
  /** Suggested before the server has answered with its list. */
  models: string[];
  quirks?: Quirks;
}

export interface Quirks {
  /** The base URL has a part of the user's own: every https address of a host that ends so belongs to the preset. */
  hostEndings?: readonly string[];
  /** The header that carries the key, where it is not `Authorization: Bearer`. */
  keyHeader?: string;
  /** Sent with every request: without them the server refuses. */
  headers?: Readonly<Record<string, string>>;
  /** Headers that name the app that asks. Known, and not sent: whom somebody uses is nobody's business. */
  optionalHeaders?: readonly string[];
  /** Added to the address of requests whose path contains `path`; a base URL itself has no query. */
  query?: { path: string; params: Readonly<Record<string, string>> };
  /** What has to be done before it works: a message for the person who sets it up. */
  setup?: 'setup_azure' | 'setup_ollama' | 'setup_lmStudio';
}

export const presets: readonly Preset[] = [
  {
    id: 'megallm',
    name: 'MegaLLM',
    baseUrl: 'https://ai.megallm.io/v1',
    needsKey: true,
    keyUrl: 'https://megallm.io/dashboard',
    models: ['gpt-5', 'claude-opus-4-1-20250805', 'gemini-2.5-pro', 'llama3.3-70b-instruct'],
  },
  {
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    needsKey: true,
    keyUrl: 'https://platform.openai.com/api-keys',
    models: ['gpt-5', 'gpt-5-mini'],
  },
  {
    id: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    needsKey: true,
    keyUrl: 'https://openrouter.ai/settings/keys',
    models: ['openrouter/auto'],
    quirks: { optionalHeaders: ['HTTP-Referer', 'X-Title'] },
  },
  {
    id: 'groq',
    name: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    needsKey: true,
    keyUrl: 'https://console.groq.com/keys',
    models: ['llama-3.3-70b-versatile'],
  },
  {
    id: 'deepseek',
    name: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com/v1',
    needsKey: true,
    keyUrl: 'https://platform.deepseek.com/api_keys',
    models: ['deepseek-chat', 'deepseek-reasoner'],
  },
  {
    id: 'mistral',
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    needsKey: true,
    keyUrl: 'https://console.mistral.ai/api-keys',
    models: ['mistral-small-latest', 'mistral-large-latest'],
  },
  {
    id: 'gemini',
    name: 'Google Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    needsKey: true,
    keyUrl: 'https://aistudio.google.com/apikey',
    models: ['gemini-2.5-flash', 'gemini-2.5-pro'],
  },
  {
    id: 'anthropic',
    name: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    needsKey: true,
    keyUrl: 'https://console.anthropic.com/settings/keys',
    models: ['claude-sonnet-4-5', 'claude-haiku-4-5'],
    quirks: { headers: { 'anthropic-dangerous-direct-browser-access': 'true' } },
  },
  {
    id: 'xai',
    name: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    needsKey: true,
    keyUrl: 'https://console.x.ai',
    models: ['grok-4', 'grok-3-mini'],
  },
  {
    id: 'together',
    name: 'Together AI',
    baseUrl: 'https://api.together.xyz/v1',
    needsKey: true,
    keyUrl: 'https://api.together.ai/settings/api-keys',
    models: ['meta-llama/Llama-3.3-70B-Instruct-Turbo'],
  },
  {
    id: 'fireworks',
    name: 'Fireworks AI',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    needsKey: true,
    keyUrl: 'https://app.fireworks.ai/settings/users/api-keys',
    models: ['accounts/fireworks/models/llama-v3p3-70b-instruct'],
  },
  {
    id: 'azure',
    name: 'Azure OpenAI',
    // No resource can be named with an underscore: a key that is sent before the name is filled in reaches nobody.
    baseUrl: 'https://your_resource.openai.azure.com/openai/v1',
    needsKey: true,
    keyUrl: 'https://ai.azure.com',
    models: [],
    quirks: {
      hostEndings: ['.openai.azure.com', '.services.ai.azure.com', '.cognitiveservices.azure.com'],
      keyHeader: 'api-key',
      // The addresses of single deployments; those under /openai/v1 have no dated version any more.
      query: { path: '/openai/deployments/', params: { 'api-version': '2024-10-21' } },
      setup: 'setup_azure',
    },
  },
  {
    id: 'ollama',
    name: 'Ollama',
    words: 'onThisComputer',
    baseUrl: 'http://localhost:11434/v1',
    needsKey: false,
    models: [],
    quirks: {
      setup: 'setup_ollama',
    },
  },
  {
    id: 'lmstudio',
    name: 'LM Studio',
    words: 'onThisComputer',
    baseUrl: 'http://localhost:1234/v1',
    needsKey: false,
    models: [],
    quirks: {
      setup: 'setup_lmStudio',
    },
  },
  {
    id: 'local',
    name: '',
    words: 'otherServerHere',
    baseUrl: 'http://localhost:8080/v1',
    needsKey: false,
    models: [],
  },
];

/** The preset of a base URL, if it is one of the known. */
export function findPreset(baseUrl: string): Preset | undefined {
  const exact = presets.find((preset) => preset.baseUrl === baseUrl);
  if (exact || !URL.canParse(baseUrl)) return exact;
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol !== 'https:') return undefined;
  return presets.find(({ quirks }) => quirks?.hostEndings?.some((ending) => hostname.endsWith(ending)));
}

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1']);

/** Whether requests can only work with a key: yes, unless the user chose a server of their own and it is on this computer. */
export function needsKey({ preset, baseUrl }: { preset: string; baseUrl: string }): boolean {
  const chosen = presets.find(({ id }) => id === preset);
  return chosen?.needsKey !== false || !LOCAL_HOSTS.has(new URL(baseUrl).hostname);
}
