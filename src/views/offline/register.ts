import { useUpdates } from './updates';

/**
 * Registers the service worker, which keeps the page for visits without a network, and says when a newer version waits. It is never
 * taken by itself: a reload would end a run.
 */
export async function watchForUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const { registerSW } = await import('virtual:pwa-register');
    const update = registerSW({
      onNeedRefresh: () => useUpdates.setState({ reload: () => void update(true) }),
      // Forbidden, as in a private window: the page works as it does without.
      onRegisterError: () => {},
    });
  } catch {
    // The part of the page that registers could not be loaded: the next visit tries again.
  }
}
