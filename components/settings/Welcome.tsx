import type { OptionsModel } from '../../lib/options/model.ts';

/** The first thing a new user reads. */
export function Welcome({ model }: { model: OptionsModel }) {
  if (!model.firstRun.value) return null;
  return (
    <section class="welcome">
      <h2>Three steps to begin</h2>
      <ol>
        <li>Choose a provider and paste a key from your account there.</li>
        <li>Save. The browser asks whether Runnel may reach that one server.</li>
        <li>Open Runnel from the toolbar, or select text on a page and choose Translate selection.</li>
      </ol>
    </section>
  );
}

/** After a save with nothing missing: the way back for someone who was sent here. */
export function WayBack({ model }: { model: OptionsModel }) {
  const { backTo } = model;
  if (!backTo || !model.complete.value) return null;
  return (
    <div class="way-back">
      <p>Ready. Go back to what you were doing.</p>
      <button type="button" class="button primary" onClick={backTo}>
        Back
      </button>
    </div>
  );
}
