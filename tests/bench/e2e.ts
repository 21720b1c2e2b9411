// The built extension in a real browser, beside the bare writer: answers in the real popup, translations in a page.
import { runPageBench } from './page.ts';
import { runPopupBench } from './popup.ts';
import type { Row } from './report.ts';

export async function runE2eBench(): Promise<Row[]> {
  return [...(await runPopupBench()), ...(await runPageBench())];
}
