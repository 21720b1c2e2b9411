// How the control looks. It lives in a shadow root, so the values of the design system stand here once more.

export const CONTROL_STYLE = `
:host { color-scheme: light dark; }
* { box-sizing: border-box; }
.frame {
  --surface: light-dark(oklch(99% 0 0), oklch(23% 0.006 230));
  --text: light-dark(oklch(22% 0.01 230), oklch(93% 0.005 220));
  --secondary: light-dark(oklch(46% 0.01 230), oklch(70% 0.008 220));
  --accent: light-dark(oklch(50% 0.11 215), oklch(75% 0.11 210));
  --trouble: light-dark(oklch(50% 0.18 25), oklch(75% 0.13 25));
  --hairline: color-mix(in oklch, var(--text) 14%, transparent);
  display: flex; flex-direction: column; align-items: flex-end; gap: 4px; width: max-content; max-width: min(420px, calc(100vw - 16px));
  font: 12px/1.4 system-ui, sans-serif; color: var(--text);
  transition: opacity 150ms;
}
.frame.quiet { opacity: 0; pointer-events: none; }
.frame.quiet:focus-within { opacity: 1; pointer-events: auto; }
.pill, .note {
  background: var(--surface); border: 1px solid var(--hairline);
  box-shadow: 0 1px 2px rgb(0 0 0 / 8%), 0 4px 12px rgb(0 0 0 / 12%);
}
.pill { display: flex; align-items: center; height: 28px; padding-inline: 12px 2px; border-radius: 14px; white-space: nowrap; }
.progress { color: var(--secondary); font-variant-numeric: tabular-nums; margin-inline-end: 6px; overflow: hidden; text-overflow: ellipsis; }
.note { order: 1; padding: 4px 10px; border-radius: 10px; color: var(--trouble); }
.note:empty { display: none; }
button {
  all: unset; box-sizing: border-box; height: 24px; min-width: 28px; padding: 0 8px; border-radius: 12px;
  color: var(--accent); font-weight: 500; text-align: center; cursor: pointer;
}
button.close { padding: 0; color: var(--secondary); font-size: 16px; line-height: 22px; }
button:hover { background: color-mix(in oklch, var(--text) 8%, transparent); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: -1px; }
@media (prefers-reduced-motion: reduce) { .frame { transition: none; } }
@media (forced-colors: active) { .pill, .note { border-color: CanvasText; } }
`;

/** Page styles, however specific, cannot reach over these: important declarations of the element itself come first. */
export const HOST_STYLE: Record<string, string> = {
  all: 'initial',
  position: 'fixed',
  'z-index': '2147483647',
  display: 'block',
  'color-scheme': 'light dark',
  direction: 'ltr',
};
