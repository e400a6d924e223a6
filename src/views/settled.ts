/**
 * Resolves when the condition holds, or after a second. A run's events have a channel of their own, and the last ones may come after its
 * answer.
 */
export async function settled(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 1000 && !condition(); waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
}
