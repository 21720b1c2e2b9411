// What is shipped, compressed.
import { measureBuild } from '../e2e/harness/sizes.ts';
import { type Row, toRow } from './report.ts';

export async function runSizeBench(): Promise<Row[]> {
  const { pageScript, worker, popup } = measureBuild();
  return [
    toRow('page script', 'bytes gzip', [pageScript], { target: '≤ 20,000' }),
    toRow('worker', 'bytes gzip', [worker], { target: '≤ 45,000' }),
    toRow('popup, all it loads', 'bytes gzip', [popup], { target: '≤ 60,000' }),
  ];
}
