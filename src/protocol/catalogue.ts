/** One adjustable number of a schedule, method or model: enough to draw a control for it. */
export interface ParameterDescription {
  name: string;
  label: string;
  /** One sentence, shown on hover and focus. */
  help: string;
  default: number;
  minimum: number;
  maximum: number;
  step: number;
  integer: boolean;
}

interface Described {
  id: string;
  label: string;
  /** One sentence for a person who meets it for the first time. */
  help: string;
}

export interface ScheduleDescription extends Described {
  /** What it is called where room is short: `CALR`. */
  short: string;
  parameters: ParameterDescription[];
}

export interface MethodDescription extends Described {
  /** What the rate decides; null where nothing. */
  setting: 'rank' | 'levels' | 'groups' | null;
  /** Is there training of its own, and so a grid of learning rates? */
  trained: boolean;
  /** Part of the default experiment? */
  byDefault: boolean;
  /** Command-line name that stands for this method and its siblings. */
  family: string;
  /** The uncompressed reference, the paper's method, a way of factors that this lab adds, what these are held against, or a control, which decides no claim. */
  standing: 'reference' | 'paper' | 'ours' | 'rival' | 'control';
  /** Default grid of peak learning rates, by optimizer id. */
  learningRates: Record<string, number[]>;
}

export interface ModelDescription extends Described {}
export interface OptimizerDescription extends Described {}

/** What the engine can do, as its registries say it: the screen and the command line draw their choices from here. */
export interface Catalogue {
  schedules: ScheduleDescription[];
  methods: MethodDescription[];
  models: ModelDescription[];
  optimizers: OptimizerDescription[];
  tokenizers: import('./data').TokenizerDescription[];
  exportFormats: import('./export').ExportFormatDescription[];
  /** The ready experiment that the page opens on. */
  defaultSpecification: import('./specification').ExperimentSpecification;
}
