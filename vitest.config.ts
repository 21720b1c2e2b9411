import { defineConfig } from 'vitest/config';

// Two kinds of fast test, split by what they need: plain Node, and a DOM.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // The default leaves a core to the watcher, which is half of the smallest machine.
    maxWorkers: 2,
    // What hangs fails; what is only slow on a busy machine does not.
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts', 'tests/architecture.test.ts'],
          setupFiles: ['tests/english.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['tests/dom/**/*.test.{ts,tsx}'],
          // A DOM for each file is half of the time; they share one, and each file leaves it as it was.
          isolate: false,
          setupFiles: ['tests/english.ts', 'tests/dom/leave-clean.ts'],
        },
      },
    ],
  },
});
