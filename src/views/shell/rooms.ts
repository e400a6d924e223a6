import { ChartScatter, Database, GraduationCap, type LucideIcon, MessageSquareText, Play, Scissors } from 'lucide-react';
import { type ComponentType, lazy } from 'react';

export interface Room {
  path: string;
  name: string;
  icon: LucideIcon;
  component: ComponentType;
}

/** The rooms, in the order of the rail. The page opens in Train; each is loaded when it is entered. */
export const rooms: readonly Room[] = [
  { path: '/data', name: 'Data', icon: Database, component: lazy(() => import('../data/data-room')) },
  { path: '/factorize', name: 'Factorize', icon: Scissors, component: lazy(() => import('../factorize/factorize-room')) },
  { path: '/train', name: 'Train', icon: Play, component: lazy(() => import('../train-rooms')) },
  { path: '/compare', name: 'Compare', icon: ChartScatter, component: lazy(() => import('../compare/compare-room')) },
  { path: '/try', name: 'Try it', icon: MessageSquareText, component: lazy(() => import('../try/try-room')) },
  { path: '/learn', name: 'Learn', icon: GraduationCap, component: lazy(() => import('../learn/learn-room')) },
];

export const HOME = '/train';

/** The room of an address; what comes behind its path is the room's own. */
export function roomAt(location: string): Room | undefined {
  return rooms.find(({ path }) => location === path || location.startsWith(`${path}/`));
}
