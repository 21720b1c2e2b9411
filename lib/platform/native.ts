// The browser's own extension API, for our views. It has had promises in Chromium since Manifest V3 and always in Firefox, so the polyfill,
// which would be 3 kB of the 50 that the popup loads, serves the worker only.
import type { Browser } from 'webextension-polyfill';
import { browser as native } from 'wxt/browser';

export const browser = native as unknown as Browser;
