import type { RaceSpecification } from '../../../protocol/race';
import type { ExperimentSpecification } from '../../../protocol/specification';
import type { LearnSettings } from '../../../store/learn';

/** What a step sets when it is entered; what it does not name stays as the visitor left it. */
export interface StepState {
  learn?: { readonly [Piece in keyof LearnSettings]?: Readonly<Partial<LearnSettings[Piece]>> };
  specification?: Readonly<Partial<ExperimentSpecification>>;
  race?: Readonly<Partial<RaceSpecification>>;
  /** Is the race slow enough to be watched? */
  watched?: boolean;
}

/**
 * One screen of a lesson. Texts are plain sentences. A figure that is computed here is shown by the piece and not typed into a text;
 * figures from elsewhere stand in `source`'s company.
 */
export interface LessonStep {
  title: string;
  /** One or two short paragraphs. */
  text: readonly string[];
  /** An id of the room's pieces. */
  piece: string;
  state: StepState;
  /** What to do with the piece, in the words that are written on its controls. */
  task: string;
  question: string;
  answer: string;
  /** Where the figures of this step's texts come from, if they were not computed in this tab. */
  source?: string;
  /** The task starts a training: whole seconds that it takes of one processor core on the CPU backend, as measured and rounded up. */
  run?: { seconds: number };
}

/** A guided tour. To add one is to write its file and a line in the registry. */
export interface Lesson {
  /** Its address is `/learn/lesson/ID`. */
  id: string;
  title: string;
  /** What one knows after it, in one line. */
  line: string;
  /** How long it takes with a class that answers the questions. */
  minutes: number;
  steps: readonly LessonStep[];
}
