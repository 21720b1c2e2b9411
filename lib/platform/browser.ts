// The extension API of the worker: the browser's own. What the worker uses of it has promises in Chromium since Manifest V3 and always in
// Firefox; a polyfill would be 3 kB of its 45.
export { browser } from './native.ts';
