/** The card of trouble with all its words: what goes well is shown first. */
export async function loadTroubleCard() {
  return (await import('./TroubleCard.tsx')).TroubleCard;
}
