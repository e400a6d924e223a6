import { Button, Popover } from '@mantine/core';
import { Cpu, Microchip, TriangleAlert } from 'lucide-react';
import { formatTime } from '../../charts/format';
import type { BackendChoice, DeviceReport } from '../../protocol/device';
import { selectIsBusy } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import { SegmentedControl } from '../../ui/segmented-control';
import { useSession } from '../session-context';
import classes from './device-badge.module.css';

const CHOICES: { value: BackendChoice; label: string }[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'cpu', label: 'CPU' },
];

/** Names what the lab computes on; opens to say why, and to choose otherwise. */
export function DeviceBadge() {
  const session = useSession();
  const { status, device, choice } = useLabStore((state) => state.lab);
  const busy = useLabStore((state) => selectIsBusy(state) || state.data.loading !== null);
  const Icon = !device || device.backend === 'cpu' ? Cpu : device.software ? TriangleAlert : Microchip;
  return (
    <Popover width={320} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.badge} aria-label={`Device: ${badgeWords(status, device)}`} title={device?.reason}>
          <Icon size={15} aria-hidden="true" />
          {/* What a CPU computes with is long, and said below. */}
          <span>{device?.backend === 'cpu' ? 'CPU' : badgeWords(status, device)}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Device">
        <p className={classes.name}>{device ? device.name : 'No device yet'}</p>
        {device && <p className={classes.reason}>{device.reason}</p>}
        {device?.probe && (
          <dl className={classes.probe}>
            <dt>WebGPU</dt>
            <dd>{device.probe.webgpuStepMs.toFixed(2)} ms a step</dd>
            <dt>CPU</dt>
            <dd>{device.probe.cpuStepMs.toFixed(2)} ms a step</dd>
            <dt>Measured</dt>
            <dd>{formatTime(device.probe.measuredAt)}</dd>
          </dl>
        )}
        {choice === 'auto' && status !== 'opening' && (
          <Button
            className={classes.again}
            size="compact-sm"
            variant="default"
            disabled={busy}
            onClick={() => void session.measureBackends()}
          >
            Measure again
          </Button>
        )}
        <p className={classes.label} id="backend-choice">
          Backend
        </p>
        <SegmentedControl
          fullWidth
          aria-labelledby="backend-choice"
          data={CHOICES}
          value={choice}
          disabled={busy || status === 'opening'}
          onChange={(value) => void session.chooseBackend(value as BackendChoice)}
        />
        <p className={classes.note}>
          {busy
            ? 'Can be changed when nothing runs.'
            : 'Auto takes the faster of the two, by training steps of the default experiment. What was measured is remembered for this GPU and browser.'}
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}

export function badgeWords(status: 'opening' | 'ready' | 'failed', device: DeviceReport | null): string {
  if (status === 'opening' && !device) return 'Opening…';
  if (!device) return 'No device';
  if (device.backend === 'cpu') return device.name || 'CPU backend';
  return device.software ? `${device.name}, software` : device.name;
}
