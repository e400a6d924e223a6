import { againstFloor } from '../experiment/floor';
import { referenceMethod } from '../experiment/specification';
import { pointKey, type SweepData } from './sweep-data';

/** Is the full table of a setting there, and no better than always saying the most frequent class? */
export function learnedNothing({ byKey }: SweepData, setting: number): boolean {
  const full = byKey.get(pointKey(setting, referenceMethod, null));
  return full !== undefined && againstFloor([...full.cells.values()].map(({ row }) => row)).learnedNothing;
}
