import { experiment } from './properties/experiment';
import { learn } from './properties/learn';
import { race } from './properties/race';
import { sweep } from './properties/sweep';
import { teacher } from './properties/teacher';
import type { Section } from './section';

/** All that a link can hold. To add a group of properties is to write its table and a line here. */
export const sections: readonly Section[] = [experiment, race, sweep, ...learn, teacher];
