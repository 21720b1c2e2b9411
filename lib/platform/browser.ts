// The one place that imports the polyfill.
import browser from 'webextension-polyfill';

export { browser };
