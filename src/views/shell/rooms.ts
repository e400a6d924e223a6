import { ChartScatter, Database, GraduationCap, type LucideIcon, MessageSquareText, Play, Scissors } from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import type { HideableId } from '../../store/teacher';

export interface Room {
  path: string;
  name: string;
  icon: LucideIcon;
  component: ComponentType;
  /** As what a teacher may take it off the rail. */
  hideable: HideableId;
  /** The second key of its shortcut, after g. */
  key: string;
}

/** The rooms, in the order of the rail. The page opens in Train; each is loaded when it is entered. */
export const rooms: readonly Room[] = [
  { path: '/data', name: 'Data', key: 'd', icon: Database, hideable: 'room-data', component: lazy(() => import('../data/data-room')) },
  {
    path: '/factorize',
    name: 'Factorize',
    key: 'f',
    icon: Scissors,
    hideable: 'room-factorize',
    component: lazy(() => import('../factorize/factorize-room')),
  },
  { path: '/train', name: 'Train', key: 't', icon: Play, hideable: 'room-train', component: lazy(() => import('../train-rooms')) },
  {
    path: '/compare',
    name: 'Compare',
    key: 'c',
    icon: ChartScatter,
    hideable: 'room-compare',
    component: lazy(() => import('../compare-rooms')),
  },
  {
    path: '/try',
    name: 'Try it',
    key: 'i',
    icon: MessageSquareText,
    hideable: 'room-try',
    component: lazy(() => import('../try/try-room')),
  },
  {
    path: '/learn',
    name: 'Learn',
    key: 'l',
    icon: GraduationCap,
    hideable: 'room-learn',
    component: lazy(() => import('../learn/learn-room')),
  },
];

export const HOME = '/train';

/** The room of an address; what comes behind its path is the room's own. */
export function roomAt(location: string): Room | undefined {
  return rooms.find(({ path }) => location === path || location.startsWith(`${path}/`));
}
