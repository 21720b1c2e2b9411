// How marks at blocks and shown originals look, beside what they have of the control's style.

export const AID_STYLE = `
.mark { height: 24px; min-width: 24px; padding: 0; color: light-dark(oklch(50% 0.18 25), oklch(75% 0.13 25)); }
.tip { margin: 0; padding: 8px 12px; border-radius: 10px; max-width: min(420px, 100vw - 16px); max-height: 40vh; overflow: hidden; font-size: 13px; line-height: 1.5; overflow-wrap: anywhere; }
`;
