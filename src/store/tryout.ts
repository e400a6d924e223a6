/** What the room of trained models is set to. */
export interface TryoutSettings {
  /** Sentences, one a line. */
  text: string;
  /** Which of them is looked at, from 0. */
  sentence: number;
  /** The model whose words are shown, by its id; null for the first that is compressed. */
  model: string | null;
  /** Whose neighbours are shown; null for one of the sentence. */
  word: string | null;
  /** Test sentences on which this model differs are listed; null for any. */
  differing: string | null;
}

export const initialTryoutSettings: TryoutSettings = {
  text: 'The battery is great, but the sound is a disappointment.',
  sentence: 0,
  model: null,
  word: null,
  differing: null,
};
