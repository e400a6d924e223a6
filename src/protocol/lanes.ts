/** The lanes of a race and of the landscape: what a specification calls one, and what the page does. */
export const laneLetters: Readonly<Record<string, string>> = { a: 'A', b: 'B', c: 'C', d: 'D', e: 'E', f: 'F' };

export const laneIds: readonly string[] = Object.keys(laneLetters);
