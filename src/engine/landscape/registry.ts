import type { SurfaceDescription } from '../../protocol/landscape';
import { LabError } from '../errors';
import type { Surface } from './surface';
import { himmelblau } from './surfaces/himmelblau';
import { needle } from './surfaces/needle';
import { rastrigin } from './surfaces/rastrigin';
import { seeded } from './surfaces/seeded';
import { styblinskiTang } from './surfaces/styblinski-tang';
import { wideValley } from './surfaces/wide-valley';

/** Every surface, in the order in which the screen lists them. */
export const surfaces: readonly Surface[] = [wideValley, rastrigin, styblinskiTang, himmelblau, needle, seeded];

/** @throws LabError `bad-specification` where no surface has this id. */
export function findSurface(id: string): Surface {
  const surface = surfaces.find((candidate) => candidate.id === id);
  if (surface) return surface;
  throw new LabError(
    'bad-specification',
    `There is no surface named “${id}”.`,
    `Choose one of ${surfaces.map((candidate) => candidate.id).join(', ')}.`,
  );
}

export function describeSurfaces(): SurfaceDescription[] {
  return surfaces.map(({ id, label, help, dimensions }) => ({ id, label, help, dimensions: [...dimensions] }));
}
