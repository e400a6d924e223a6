/**
 * Asks the browser not to clear what it keeps for this page when its disk runs short. Some ask the visitor in turn, so this is for the moment
 * when something of the visitor's own has been kept, not for the start.
 */
export async function askToPersist(): Promise<void> {
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // No such promise here: what is kept may go when room is needed, and the next visit says so.
  }
}
