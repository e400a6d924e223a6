import { create } from 'zustand';

interface Updates {
  /** A newer version of the page is here, and waits for a reload; calling it reloads. */
  reload: (() => void) | null;
}

export const useUpdates = create<Updates>()(() => ({ reload: null }));
