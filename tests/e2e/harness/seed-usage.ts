// Figures of some weeks, as the worker would have entered them, written straight into the database.
import type { Page } from '@playwright/test';

/** `page`: one of ours that has shown its figures, for the database is made when they are first read. */
export async function seedUsage(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const request = indexedDB.open('runnel-usage');
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    const days = request.result.transaction('days', 'readwrite').objectStore('days');
    for (let ago = 0; ago < 30; ago++) {
      const date = new Date(Date.now() - ago * 24 * 3600 * 1000);
      const two = (part: number) => String(part).padStart(2, '0');
      const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
      const size = Math.round(4000 * (1.2 + Math.sin(ago * 1.7)));
      const sums = {
        requests: 5,
        input: size,
        output: size / 4,
        cost: size / 1e6,
        estimated: 0,
        unpriced: 0,
      };
      const rows = [
        { day, kind: 'chat', host: 'ai.megallm.io', model: 'claude-opus-4-1-20250805', ...sums },
        {
          day,
          kind: 'translation',
          host: 'ai.megallm.io',
          model: 'gpt-5',
          ...sums,
          input: size / 3,
          estimated: 1,
        },
        { day, kind: 'chat', host: 'localhost:11434', model: 'qwen3:8b', ...sums, cost: 0, unpriced: 5 },
      ];
      if (ago % 6 !== 5) days.put({ day, rows });
    }
    await new Promise((resolve) => {
      days.transaction.oncomplete = resolve;
    });
    request.result.close();
  });
}
