// The one place that imports the polyfill: for what Chromium 120 answers by callbacks only, as the context menu until 123.
import browser from 'webextension-polyfill';

export { browser };
