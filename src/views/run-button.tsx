import { Button } from '@mantine/core';
import { Play } from 'lucide-react';
import { useLocation } from 'wouter';
import { isActive } from '../store/run';
import { useLabStore } from '../store/store';
import { useSession } from './session-context';

/** For rooms that are empty until there was a run: starts it, and goes where it can be watched. */
export function RunExperimentButton() {
  const session = useSession();
  const [, navigate] = useLocation();
  const active = useLabStore((state) => isActive(state.run.status));
  return (
    <Button
      size="md"
      leftSection={<Play size={16} fill="currentColor" />}
      onClick={() => {
        if (!active) session.run();
        navigate('/train');
      }}
    >
      {active ? 'Watch it train' : 'Run the experiment'}
    </Button>
  );
}
