// The dialect of an address. The address decides, not the preset that was chosen: its headers must not go to another server.
import type { Dialect } from '../engine/dialect.ts';
import { createDialect } from './openai/dialect.ts';
import { findPreset } from './presets.ts';

export function dialectFor(baseUrl: string): Dialect {
  return createDialect(findPreset(baseUrl));
}
