// The browser's own extension API: it has had promises in Chromium since Manifest V3 and always in Firefox.
import type { Browser } from 'webextension-polyfill';
import { browser as native } from 'wxt/browser';

export const browser = native as unknown as Browser;
