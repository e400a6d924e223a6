/** Lets the worker hear what has come in meanwhile. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
