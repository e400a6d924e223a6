import { useEffect } from 'react';
import { useLabStore, write } from '../../store/store';

/** Large type and few controls, for the back row; `global.css` does it by the root's `data-presenter`. */
export function togglePresenter(): void {
  if (useLabStore.getState().teacher.presenter) leavePresenter();
  else enterPresenter();
}

function enterPresenter(): void {
  write.teacher({ presenter: true });
  // Refused where nobody clicked, in a frame, or on a phone: the mode is the same without.
  if (document.fullscreenEnabled) void document.documentElement.requestFullscreen().catch(() => {});
}

export function leavePresenter(): void {
  write.teacher({ presenter: false });
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
}

/** Keeps the root's attribute as the store is; leaving the full screen, which Escape does by itself, leaves the mode. */
export function usePresenter(): void {
  const presenter = useLabStore((state) => state.teacher.presenter);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-presenter', presenter);
    return () => document.documentElement.removeAttribute('data-presenter');
  }, [presenter]);
  useEffect(() => {
    const onChange = () => {
      if (!document.fullscreenElement) write.teacher({ presenter: false });
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, []);
}
