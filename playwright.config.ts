import { defineConfig } from '@playwright/test';

// The projects differ in what they need: nothing but the build, a headless browser, a display, a browser without debugger, Firefox.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.artifacts/playwright',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  use: { actionTimeout: 8_000 },
  reporter: [['list'], ['json', { outputFile: '.artifacts/playwright.json' }]],
  projects: [
    { name: 'built', testMatch: 'built.spec.ts' },
    { name: 'chromium', testMatch: /(chat|turns|translate|security|a11y|looks)\S*\.spec\.ts/ },
    // Real windows, a real mouse and a real keyboard: a window manager may be slow once.
    { name: 'gestures', testMatch: 'gestures.spec.ts', retries: 1, workers: 1, timeout: 90_000 },
    { name: 'life', testMatch: 'life.spec.ts', timeout: 200_000 },
    { name: 'firefox', testMatch: 'firefox.spec.ts', retries: 1, workers: 1, timeout: 90_000 },
  ],
});
