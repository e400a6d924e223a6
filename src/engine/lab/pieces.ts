import type { LandscapeLab } from '../../protocol/landscape';
import type { NumberLineLab } from '../../protocol/number-line';
import type { ProjectionLab } from '../../protocol/projection';
import { landscapeReport } from '../landscape/landscape';
import { describeSurfaces } from '../landscape/registry';
import { landscapeShares } from '../landscape/shares';
import { validateLandscape } from '../landscape/specification';
import { describeQuantizers, drawNumberLine } from '../number-line/number-line';
import { wordCloud } from '../projection/cloud';
import { cloudSpectrum, neighbours } from '../projection/projection';
import type { LoadedData } from './data';
import type { OnDevice } from './device';
import type { LabEnvironment } from './environment';

/** Balls on rugged surfaces: they need neither data nor device. */
export function landscapeVerbs({ now }: Pick<LabEnvironment, 'now'>): LandscapeLab {
  return {
    landscapeSurfaces: async () => describeSurfaces(),
    landscape: async (specification) => landscapeReport(validateLandscape(specification)),
    landscapeShares: async (specification) => landscapeShares(validateLandscape(specification), now),
  };
}

/** The words of the loaded table, at every rank. */
export function projectionVerbs(data: LoadedData, onDevice: OnDevice): ProjectionLab {
  return {
    async wordCloud() {
      const { vectors } = data.get();
      return onDevice((device) => wordCloud(vectors, device));
    },

    async cloudSpectrum() {
      const { vectors } = data.get();
      return onDevice((device) => cloudSpectrum(vectors, device));
    },

    async neighbours(word, ranks) {
      const { vectors } = data.get();
      return onDevice((device) => neighbours(vectors, device, word, ranks));
    },
  };
}

/** The loaded table's values, or a visitor's, on few levels. */
export function numberLineVerbs(data: LoadedData): NumberLineLab {
  return {
    quantizers: async () => describeQuantizers(),
    numberLine: async (specification) => drawNumberLine(specification, () => data.get().vectors),
  };
}
