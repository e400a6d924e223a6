/**
 * A link is `#/ROOM?s=TEXT`. Behind the hash it never reaches a server, whose log it is no business of, and no server has to take its length.
 *
 * Once opened it leaves the address bar: what is changed afterwards would not be in it, and whoever copies the bar would pass on what is not on
 * the screen. `Copy link` writes the state as it is. A reload of the tab opens the same link again, from the tab's own memory.
 */

const memoryKey = 'lowrank-lab.link';
const settled = /[?&]s=([^&]*)/;

/** The link's text in an address's hash, and the hash without it. */
export function splitHash(hash: string): { text: string | null; rest: string } {
  const at = hash.indexOf('?');
  if (at < 0) return { text: null, rest: hash };
  const found = settled.exec(hash.slice(at));
  return { text: found ? decoded(found[1]) : null, rest: hash.slice(0, at) };
}

/** Takes the link out of the address bar, before the rooms see it; else, after a reload, the one that this tab was opened by. */
export function takeLink(): string | null {
  const { text, rest } = splitHash(location.hash);
  if (rest !== location.hash) history.replaceState(history.state, '', `${location.pathname}${location.search}${rest}`);
  if (text !== null) {
    rememberLink(text);
    return text;
  }
  return isReload() ? rememberedLink() : null;
}

export function rememberLink(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(memoryKey);
    else sessionStorage.setItem(memoryKey, text);
  } catch {
    // Forbidden: a reload begins afresh.
  }
}

/** The address of a room in the state that `text` holds; nothing but the page's own address goes with it. */
export function addressOf(room: string, text: string): string {
  return `${location.origin}${location.pathname}#${room}?s=${text}`;
}

function rememberedLink(): string | null {
  try {
    return sessionStorage.getItem(memoryKey);
  } catch {
    return null;
  }
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return entry !== undefined && (entry as PerformanceNavigationTiming).type === 'reload';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
