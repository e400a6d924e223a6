import type { Session } from '../session';

/** What a shortcut may use. */
export interface ShortcutContext {
  session: Session;
  /** Goes to a room or a place in it: `/train`, `/learn/counting`. */
  navigate(path: string): void;
  setScheme(scheme: 'light' | 'dark'): void;
  scheme: 'light' | 'dark';
}

export interface Shortcut {
  id: string;
  /**
   * One key as `KeyboardEvent.key` names it (`?`, `p`, `Escape`), or two after each other, with a space between (`g t`). Any of them does it. A key
   * that begins such a pair does nothing by itself.
   */
  keys: readonly string[];
  /** What it does: a few words, shown in the sheet. */
  does: string;
  /** Where it works: the sheet's heading. */
  where: string;
  /** Whether it would do anything now; what would not is not caught. */
  enabled?(context: ShortcutContext): boolean;
  run(context: ShortcutContext): void;
}

/** How long the second key of a pair is waited for. */
export const pairMs = 1200;

/** Turns key presses into shortcuts: pure but for the clock it is told. */
export class KeyReader {
  private first: { key: string; atMs: number } | null = null;

  /** The shortcut that this press completes, if any. */
  press(key: string, atMs: number, shortcuts: readonly Shortcut[]): Shortcut | 'pending' | null {
    const before = this.first !== null && atMs - this.first.atMs <= pairMs ? this.first.key : null;
    this.first = null;
    if (before !== null) {
      const pair = find(shortcuts, `${before} ${key}`);
      if (pair) return pair;
    }
    if (shortcuts.some(({ keys }) => keys.some((one) => one.startsWith(`${key} `)))) {
      this.first = { key, atMs };
      return 'pending';
    }
    return find(shortcuts, key);
  }
}

function find(shortcuts: readonly Shortcut[], keys: string): Shortcut | null {
  return shortcuts.find((shortcut) => shortcut.keys.includes(keys)) ?? null;
}

/** A letter is the same key with the shift key and without. */
export function keyOf(event: Pick<KeyboardEvent, 'key'>): string {
  return /^\p{Lu}$/u.test(event.key) ? event.key.toLowerCase() : event.key;
}

const typed = new Set(['text', 'search', 'email', 'url', 'tel', 'password', 'number', 'date', 'datetime-local', 'month', 'time', 'week']);

/** Whether a key press is meant for what has the focus: a field that is typed into, or a list that is searched by its first letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return typed.has(target.type);
  return (
    target.isContentEditable ||
    target.matches(
      'textarea, select, [role="textbox"], [role="combobox"], [role="menu"] *, [contenteditable]:not([contenteditable="false"])',
    )
  );
}

/** Elements that have a use of their own for arrow keys. */
const arrowed =
  'input, [role="slider"], [role="application"], [role="listbox"], [role="radiogroup"], [role="tablist"], [role="dialog"], svg[tabindex], canvas';

/** Whether a key press is meant for what has the focus, rather than for a shortcut. */
export function isTaken(key: string, target: EventTarget | null): boolean {
  if (isTyping(target)) return true;
  return key.startsWith('Arrow') && target instanceof Element && target.closest(arrowed) !== null;
}
