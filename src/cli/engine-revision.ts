/** Names the engine's sources for `versions`, which a built page has from Vite. To be imported before anything of the engine. */
import { engineRevision } from '../../scripts/lib/engine-revision.mjs';

Object.assign(globalThis, { __ENGINE_REVISION__: engineRevision() });
