import { version as tfjs } from '@tensorflow/tfjs/package.json';
import { version as lab } from '../../package.json';

/** Set by what builds or starts the engine (scripts/lib/engine-revision.mjs): of its sources, so that no two that compute other bits have one name. */
declare const __ENGINE_REVISION__: string | undefined;

const revision = typeof __ENGINE_REVISION__ === 'undefined' ? null : __ENGINE_REVISION__;

/** What a result was computed with; the part behind the plus names the engine's sources. */
export const versions: Record<string, string> = { 'lowrank-lab': revision === null ? lab : `${lab}+${revision}`, '@tensorflow/tfjs': tfjs };
