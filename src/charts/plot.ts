/** Where a line figure's plot lies within its drawing, in pixels: for what is laid over it without drawing it anew. */
export const plotMargin = { top: 22, right: 14, bottom: 0, left: 0 };
export const plotYWidth = 46;
export const plotXHeight = 38;
