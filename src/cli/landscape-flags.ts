/** The flags of the landscape: what was typed, read by `landscape.ts`. */
const text = { type: 'string' } as const;

export const landscapeFlags = {
  surface: text,
  dimensions: text,
  seed: text,
  steps: text,
  noise: text,
  start: text,
  lanes: text,
} as const;

export type LandscapeFlags = { [Flag in keyof typeof landscapeFlags]?: string };
