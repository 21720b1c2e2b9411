// Keeps the facts about the server in step with the address in the form.
import type { OptionsDeps } from './deps.ts';
import type { Form } from './form.ts';
import type { OriginFacts } from './origin-facts.ts';

const SETTLE_MS = 400;

export function createAddressWatch({
  deps,
  form,
  facts,
}: {
  deps: OptionsDeps;
  form: Form;
  facts: OriginFacts;
}) {
  /** The address that was asked about last. */
  let asked = '';
  let settling: ReturnType<typeof setTimeout> | undefined;

  const changed = (): boolean => (form.address.value?.baseUrl ?? '') !== asked;
  const ask = (): void => {
    clearTimeout(settling);
    asked = form.address.value?.baseUrl ?? '';
    void facts.refresh(form.address.value);
  };

  return {
    changed,
    ask,
    /** To be called after each edit: asks about a new address once the typing has settled. */
    follow(): void {
      if (!changed()) return;
      asked = form.address.value?.baseUrl ?? '';
      facts.forget();
      clearTimeout(settling);
      settling = setTimeout(ask, deps.settleMs ?? SETTLE_MS);
    },
    dispose(): void {
      clearTimeout(settling);
      facts.forget();
    },
  };
}

export type AddressWatch = ReturnType<typeof createAddressWatch>;
