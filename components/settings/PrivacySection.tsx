import type { OptionsModel } from '../../lib/options/model.ts';
import { Problem } from './Problem.tsx';

export function PrivacySection({ model }: { model: OptionsModel }) {
  const host = model.form.address.value?.host ?? 'the server above';
  const stored = model.facts.hasKey.value === true;
  return (
    <section>
      <h2>Privacy and key</h2>
      <ul class="plain">
        <li>
          The key is kept in this browser, in the extension’s own storage. No web page can read it. It is not
          encrypted: someone who can read this computer’s browser profile on disk can read the key. A key with
          a low spending limit is a good choice.
        </li>
        <li>
          It is sent only to <strong>{host}</strong>, in the Authorization header of each request. Another
          base URL on another server never gets it.
        </li>
        <li>
          A chat sends the messages of its conversation. A translation sends the text you selected, with up to
          200 letters of the same line on either side of a part. Both go to <strong>{host}</strong> and
          nowhere else.
        </li>
        <li>The conversations are stored in this browser only.</li>
      </ul>
      {stored && (
        <button type="button" class="button" onClick={() => void model.removeKey()}>
          Remove key
        </button>
      )}
      <Problem model={model} place="privacy" />
    </section>
  );
}
