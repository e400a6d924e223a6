import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { ArrowRight, GitFork, X } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Catalogue } from '../../protocol/catalogue';
import { laneLetters } from '../../protocol/lanes';
import type { LaneRate } from '../../protocol/race';
import { selectCanFork, selectWhyLanesStay } from '../../store/race/selectors';
import { useLabStore, write } from '../../store/store';
import { useSession } from '../session-context';
import classes from './lane-card.module.css';

/** What can be done with a lane beside its controls. Each watches the race for itself: a lane's card is not drawn anew as the race goes on. */
export function ForkLane({ id }: { id: string }) {
  const session = useSession();
  const canFork = useLabStore((state) => selectCanFork(state, id));
  return (
    <Tooltip
      label={
        canFork
          ? 'A new lane goes on from this one’s weights as they are now; change it, and see what comes of it.'
          : 'A lane is forked while the first seed is raced or paused, up to six lanes.'
      }
    >
      <Button
        className={classes.action}
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<GitFork size={13} />}
        data-off={!canFork || undefined}
        aria-disabled={!canFork}
        aria-label={`Fork lane ${laneLetters[id]}`}
        onClick={() => canFork && void session.forkLane(id)}
      >
        Fork
      </Button>
    </Tooltip>
  );
}

export function RemoveLane({ id }: { id: string }) {
  const session = useSession();
  const stays = useLabStore(selectWhyLanesStay);
  return (
    <Tooltip label={stays ?? 'Take this lane out of the race.'}>
      <ActionIcon
        size={24}
        aria-label={`Remove lane ${laneLetters[id]}`}
        data-off={stays !== null || undefined}
        aria-disabled={stays !== null}
        onClick={() => stays === null && session.removeLane(id)}
      >
        <X size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Over to the full experiment, by this lane's schedule at this lane's peak. */
export function ToExperiment({ id, rate, catalogue }: { id: string; rate: LaneRate; catalogue: Catalogue }) {
  const [, navigate] = useLocation();
  const ready = useLabStore((state) => state.specification !== null);
  return (
    <Tooltip label="Set the experiment to this schedule, with this peak as the rate of every trained method, and go there.">
      <Button
        className={classes.action}
        size="compact-xs"
        variant="subtle"
        color="gray"
        rightSection={<ArrowRight size={13} />}
        disabled={!ready}
        aria-label={`Full experiment with lane ${laneLetters[id]}`}
        onClick={() => {
          const trained = catalogue.methods.filter((method) => method.trained);
          write.specification({
            schedule: rate.schedule,
            learningRates: Object.fromEntries(trained.map((method) => [method.id, [rate.peak]])),
          });
          navigate('/train');
        }}
      >
        Experiment
      </Button>
    </Tooltip>
  );
}
