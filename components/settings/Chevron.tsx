/** The mark of a box that opens a list. */
export function Chevron() {
  return (
    <svg class="icon chevron" viewBox="0 0 16 16" aria-hidden="true">
      <path d="m4 6.5 4 4 4-4" />
    </svg>
  );
}
