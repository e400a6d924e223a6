// A worker thread does not take over tsx from its parent: it is registered here, before any TypeScript is loaded.
import { register } from 'tsx/esm/api';

register();
await import(new URL('parse-thread.ts', import.meta.url).href);
