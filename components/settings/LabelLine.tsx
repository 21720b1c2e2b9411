/** The label of a field that is saved as soon as it changes, and beside it the quiet word that it was. */
export function LabelLine({ id, note, children }: { id: string; note: string; children: string }) {
  return (
    <div class="label-line">
      <label for={id}>{children}</label>
      <span id={`${id}-note`} aria-live="polite">
        {note}
      </span>
    </div>
  );
}
