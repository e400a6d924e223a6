import { version as tfjs } from '@tensorflow/tfjs/package.json';
import { version as lab } from '../../package.json';

/** What a result was computed with. */
export const versions: Record<string, string> = { 'lowrank-lab': lab, '@tensorflow/tfjs': tfjs };
