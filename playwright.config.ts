import { defineConfig } from '@playwright/test';

// A folder each, because a run empties its own and `npm test` has two at once.
const outputDir = (name: string) => ({ name, outputDir: `.artifacts/playwright/${name}` });

// The projects differ in what they need: nothing but the build, a headless browser, a display, a browser without debugger, Firefox.
export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  use: { actionTimeout: 8_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: '.artifacts/playwright.json' }],
    ['./tests/faults/report/reporter.ts'],
    ['./tests/gallery/report/reporter.ts'],
  ],
  projects: [
    { ...outputDir('built'), testMatch: 'built.spec.ts' },
    {
      ...outputDir('chromium'),
      testMatch: /\/(?!built|gestures|life|firefox)[^/]*\.spec\.ts$/,
    },
    // Real windows, a real mouse and a real keyboard: a window manager may be slow once.
    { ...outputDir('gestures'), testMatch: 'gestures.spec.ts', retries: 1, workers: 1, timeout: 90_000 },
    // The table of faults; its reporter sums up what the rows measured.
    {
      ...outputDir('faults'),
      testDir: 'tests/faults',
      testMatch: '*.spec.ts',
      testIgnore: 'kill*',
      timeout: 60_000,
    },
    { ...outputDir('kill'), testDir: 'tests/faults', testMatch: /\/kill[^/]*\.spec\.ts$/ },
    { ...outputDir('life'), testMatch: /\/life[^/]*\.spec\.ts$/, timeout: 540_000 },
    { ...outputDir('firefox'), testMatch: 'firefox.spec.ts', retries: 1, workers: 1, timeout: 90_000 },
  ],
});
