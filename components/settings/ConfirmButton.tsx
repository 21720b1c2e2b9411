import { useSignal } from '@preact/signals';
import { say } from '../../lib/words/say.ts';

interface ConfirmButtonProps {
  label: string;
  /** Said for the ear behind the label: which of several it is. */
  of?: string;
  /** What is asked before it is done. */
  question: string;
  /** The answer that does it. */
  yes: string;
  disabled?: boolean;
  onConfirm: () => void;
}

/** A button for what cannot be undone: it asks first, in its place, and the answer that does nothing has the focus. */
export function ConfirmButton({ label, of, question, yes, disabled = false, onConfirm }: ConfirmButtonProps) {
  const isAsking = useSignal(false);
  if (!isAsking.value)
    return (
      <button
        type="button"
        class="button quiet"
        aria-disabled={disabled}
        onClick={() => {
          isAsking.value = !disabled;
        }}
      >
        {label}
        {of && <span class="visually-hidden">{of}</span>}
      </button>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question with its answers, no field set
    <span class="confirm" role="group" aria-label={question}>
      <span>{question}</span>
      <button
        type="button"
        class="button"
        onClick={() => {
          isAsking.value = false;
          onConfirm();
        }}
      >
        {yes}
      </button>
      <button
        type="button"
        class="button quiet"
        ref={(button) => button?.focus()}
        onClick={() => {
          isAsking.value = false;
        }}
      >
        {say('keepIt')}
      </button>
    </span>
  );
}
