import { expect, test } from 'vitest';
import type { RowRecord } from '../faults/harness/record.ts';
import { formatFigures, percentile95, sumUp } from '../faults/report/figures.ts';

const record = (own: Partial<RowRecord>): RowRecord => ({
  id: 'N1',
  title: 'a row',
  measured: {},
  problems: [],
  duplicates: 0,
  lostBytes: 0,
  lostMs: null,
  canaryHits: 0,
  foreignRequests: 0,
  ...own,
});
const passed = (own: Partial<RowRecord>) => ({ name: 'N1 a row', passed: true, record: record(own) });

test('the 95th percentile is the value that 95 of 100 do not exceed', () => {
  expect(percentile95(Array.from({ length: 100 }, (_, index) => index + 1))).toBe(95);
  expect(percentile95([7])).toBe(7);
  expect(percentile95([3, 1, 2])).toBe(3);
});

test('figures are summed over rows, and times by what they measure', () => {
  const figures = sumUp([
    passed({ duplicates: 1, lostBytes: 3, measured: { 'stopToClose:a': 10, 'stopToClose:b': 30 } }),
    passed({ lostMs: 200, canaryHits: 2, measured: { stopToClose: 20 } }),
    passed({ lostMs: 100, foreignRequests: 1 }),
    { name: 'N2 another', passed: false, record: undefined },
  ]);
  expect(figures).toEqual({
    passed: 3,
    failed: ['N2 another'],
    duplicates: 1,
    lostBytes: 3,
    mostLostMs: 200,
    canaryHits: 2,
    foreignRequests: 1,
    times: { stopToClose: { p95: 30, count: 3, longest: 30 } },
  });
});

test('the report names what failed and what was not run', () => {
  const text = formatFigures(sumUp([{ name: 'N2 another', passed: false, record: undefined }]), {
    notYet: [{ id: 'D9', reason: 'there is no list' }],
    elsewhere: [{ id: 'L12', reason: 'another lane' }],
  });
  expect(text).toContain('rows passed: 0 of 1');
  expect(text).toContain('FAILED: N2 another');
  expect(text).toContain('not yet: D9, there is no list');
  expect(text).toContain('elsewhere: L12, another lane');
  expect(text).toContain('lost where one died: not measured');
});
