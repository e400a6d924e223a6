/** Sentences as row numbers of a table, all in one buffer: sentence s is `ids[offsets[s] .. offsets[s + 1])`. Row 0 is padding. */
export interface Sentences {
  /** One more than there are sentences. */
  offsets: Uint32Array;
  ids: Uint32Array;
  /** Class of each sentence. */
  labels: Uint32Array;
}
