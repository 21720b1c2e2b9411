import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

// The pages get a second, stricter policy as a <meta> tag (connect-src 'none'); this one also binds the worker, which must reach the user's server.
const extensionPages = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  'connect-src https: http://localhost:* http://127.0.0.1:*',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

export default defineConfig({
  imports: false,
  vite: () => ({ plugins: [preact()], build: { target: 'es2022' } }),
  manifest: ({ browser }) => ({
    name: 'Runnel',
    description:
      'Chat with any OpenAI-compatible model, and translate selected text in its place, as it streams. Your key stays in the browser.',
    permissions: [
      'storage',
      'activeTab',
      'scripting',
      'contextMenus',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    host_permissions: [],
    optional_host_permissions: ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*'],
    incognito: 'not_allowed',
    content_security_policy: { extension_pages: extensionPages },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+K' } },
      'translate-selection': {
        suggested_key: { default: 'Alt+Shift+Y' },
        description: 'Translate the selection',
      },
      'open-side-panel': {
        suggested_key: { default: 'Alt+Shift+S' },
        description: 'Open the side panel',
      },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'runnel@runnel.invalid',
              strict_min_version: '140.0',
              data_collection_permissions: {
                required: ['websiteContent', 'personalCommunications', 'authenticationInfo'],
              },
            },
          },
        }
      : { minimum_chrome_version: '120' }),
  }),
});
