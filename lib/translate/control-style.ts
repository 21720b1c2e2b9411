// How the control looks. It lives in a shadow root, so the values of the design system stand here once more.

export const CONTROL_STYLE = `
:host::backdrop { display: none !important; }
.frame {
  --text: light-dark(oklch(22% 0.01 230), oklch(93% 0.005 220));
  --secondary: light-dark(oklch(46% 0.01 230), oklch(70% 0.008 220));
  --accent: light-dark(oklch(50% 0.11 215), oklch(75% 0.11 210));
  display: flex; flex-direction: column; align-items: flex-end; gap: 4px; width: max-content; max-width: min(560px, 100vw - 16px);
  font: 12px/1.4 system-ui, sans-serif; color: var(--text);
}
.frame.quiet:not(:focus-within) { opacity: 0; pointer-events: none; }
.frame > * {
  box-sizing: border-box; border: 1px solid color-mix(in oklch, var(--text) 14%, transparent);
  background: light-dark(oklch(99% 0 0), oklch(23% 0.006 230)); box-shadow: 0 4px 12px rgb(0 0 0 / 14%);
}
.pill { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; min-height: 28px; max-width: 100%; padding: 0 1px 0 12px; border-radius: 14px; white-space: nowrap; }
.progress { color: var(--secondary); font-variant-numeric: tabular-nums; margin-right: 6px; overflow: hidden; text-overflow: ellipsis; }
.note { padding: 4px 10px; border-radius: 10px; color: light-dark(oklch(50% 0.18 25), oklch(75% 0.13 25)); }
.note:empty, [hidden] { display: none; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.bubble {
  order: -1; width: min(420px, 100vw - 16px); max-height: min(40vh, 320px); overflow: auto; padding: 8px 12px; border-radius: 10px;
  font-size: 14px; line-height: 1.5; overflow-wrap: break-word; white-space: pre-wrap;
}
.bubble:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.bubble p { margin: 0; }
.bubble p + p { margin-top: 8px; }
button {
  font: inherit; font-weight: 500; height: 26px; min-width: 28px; padding: 0 8px; border: 0; border-radius: 13px;
  background: none; color: var(--accent); cursor: pointer; flex: none;
}
.close { color: var(--secondary); font-size: 16px; }
select {
  appearance: none; field-sizing: content; max-width: 150px; height: 24px; padding: 0 18px 0 8px; border: 0; border-radius: 12px; font: inherit;
  color: var(--text); text-overflow: ellipsis; cursor: pointer; background: linear-gradient(45deg, transparent 50%, currentcolor 50%) calc(100% - 10px) / 4px 4px no-repeat,
  linear-gradient(-45deg, transparent 50%, currentcolor 50%) calc(100% - 6px) / 4px 4px no-repeat;
}
option { background: light-dark(oklch(99% 0 0), oklch(23% 0.006 230)); color: var(--text); }
button:hover, select:hover { background-color: color-mix(in oklch, var(--text) 8%, transparent); }
button:focus-visible, select:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
@media (prefers-reduced-motion: no-preference) { .frame { transition: opacity 150ms; } }
`;

/**
 * Important declarations of the element itself: no page style, however specific, reaches over them. The one variable is set by our style
 * sheet, which Firefox takes away with the extension, and with its script: what cannot be used is not seen either.
 */
export const HOST_STYLE =
  'all: initial !important; position: fixed !important; left: 0 !important; top: 0 !important; z-index: 2147483647 !important; display: block !important; visibility: var(--runnel-here, hidden) !important; direction: ltr !important';
