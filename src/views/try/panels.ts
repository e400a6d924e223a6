import { type ComponentType, lazy } from 'react';

/** What other folders bring to the room, each a panel with its own heading; `component` is lazy. */
export interface TryPanel {
  id: string;
  /** Not shown before there is a trained model. */
  needsModels: boolean;
  component: ComponentType;
}

/** Below what the room shows itself, in this order. */
export const panels: readonly TryPanel[] = [{ id: 'export', needsModels: true, component: lazy(() => import('../export/export-panel')) }];
