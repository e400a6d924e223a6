import { decodeNearest, encodeNearest, fitReferenceValues, referenceOperations } from '../reference-values';
import type { Quantizer } from './quantizer';

export const referenceValues: Quantizer = {
  id: 'codebook',
  label: 'Codebook',
  help: 'Each level where it serves best, by one-dimensional k-means: close together where values are many, far apart where they are few.',
  operations: referenceOperations,
  fit: (values, levels, sorted) => {
    const centres = fitReferenceValues(values, levels, sorted);
    return {
      levels: centres,
      encode: (some) => encodeNearest(some, centres),
      decode: (codes) => decodeNearest(codes, centres),
      even: null,
    };
  },
};
