import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Pause, Play, SkipBack, StepBack, StepForward } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { formatCount } from '../../../charts/format';
import field from '../../../ui/field.module.css';
import { SegmentedControl } from '../../../ui/segmented-control';
import classes from './landscape.module.css';
import { type Transport, useTransportState } from './transport';

const speeds = [
  { value: '6', label: 'Slow' },
  { value: '24', label: 'Usual' },
  { value: '96', label: 'Fast' },
];

/** Play, pause, step, scrub, speed. */
export function TransportBar({ transport }: { transport: Transport }) {
  const { step, playing, total, speed } = useTransportState(transport);
  return (
    <div className={classes.transport}>
      <div className={classes.buttons}>
        <Button
          leftSection={playing ? <Pause size={17} /> : <Play size={17} />}
          onClick={() => (playing ? transport.pause() : transport.play())}
          disabled={total === 0}
          className={classes.play}
        >
          {playing ? 'Pause' : 'Play'}
        </Button>
        <IconButton label="Back to the start" onClick={() => transport.seek(0)}>
          <SkipBack size={18} />
        </IconButton>
        <IconButton label="One step back" onClick={() => transport.step(-1)}>
          <StepBack size={18} />
        </IconButton>
        <IconButton label="One step forward" onClick={() => transport.step(1)}>
          <StepForward size={18} />
        </IconButton>
      </div>
      <label className={classes.scrub}>
        <span>
          Step <b>{formatCount(step)}</b> of {formatCount(total)}
        </span>
        <input
          type="range"
          className={field.range}
          style={{ '--share': `${total === 0 ? 0 : (100 * step) / total}%` } as CSSProperties}
          aria-label="Step"
          aria-valuetext={`step ${step} of ${total}`}
          min={0}
          max={total}
          step={1}
          value={step}
          onChange={(event) => {
            transport.pause();
            transport.seek(event.currentTarget.valueAsNumber);
          }}
        />
      </label>
      <Tooltip label="Steps a second: 6, 24 or 96.">
        <div>
          <SegmentedControl aria-label="Speed" data={speeds} value={String(speed)} onChange={(next) => transport.setSpeed(Number(next))} />
        </div>
      </Tooltip>
    </div>
  );
}

function IconButton({ label, onClick, children }: { label: string; onClick(): void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={36} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
