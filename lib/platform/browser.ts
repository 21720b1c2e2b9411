// The one place that imports the polyfill: the extension API of the worker.
import browser from 'webextension-polyfill';

export { browser };
