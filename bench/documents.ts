import type { Results } from './results';
export function writeDocuments(_results: Results): void {}
