// The providers we know by name, as data.

export interface Preset {
  id: string;
  name: string;
  baseUrl: string;
  /** False where the server works without a key (a server of one's own). */
  needsKey: boolean;
  /** Where a key is made; shown as a link. */
  keyUrl?: string;
  /** Suggested before the server has answered with its list. */
  models: string[];
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
    id: 'ollama',
    name: 'Ollama (this computer)',
    baseUrl: 'http://localhost:11434/v1',
    needsKey: false,
    models: [],
  },
  {
    id: 'lmstudio',
    name: 'LM Studio (this computer)',
    baseUrl: 'http://localhost:1234/v1',
    needsKey: false,
    models: [],
  },
  {
    id: 'local',
    name: 'Another server on this computer',
    baseUrl: 'http://localhost:8080/v1',
    needsKey: false,
    models: [],
  },
];

/** The preset of a base URL, if it is one of the known. */
export function findPreset(baseUrl: string): Preset | undefined {
  return presets.find((preset) => preset.baseUrl === baseUrl);
}

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1']);

/** Whether requests can only work with a key: yes, unless the user chose a server of their own and it is on this computer. */
export function needsKey({ preset, baseUrl }: { preset: string; baseUrl: string }): boolean {
  const chosen = presets.find(({ id }) => id === preset);
  return chosen?.needsKey !== false || !LOCAL_HOSTS.has(new URL(baseUrl).hostname);
}
