import { Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { Dices } from 'lucide-react';
import { useId } from 'react';
import type { LandscapeSpecification, SurfaceDescription } from '../../../protocol/landscape';
import { write } from '../../../store/store';
import { NumberField, SelectField } from '../../../ui/inputs';
import { SegmentedControl } from '../../../ui/segmented-control';
import { Panel } from '../../../ui/widgets';
import { Hint, Pairs } from '../../room/settings';
import classes from './landscape.module.css';
import { coordinate } from './scene';

const set = (patch: Partial<LandscapeSpecification>) => write.learn('landscape', patch);

/** As many coordinates as there are dimensions; a second one begins where the first is. */
function startIn(dimensions: 1 | 2, [x = 0, y = x]: readonly number[]): number[] {
  return dimensions === 1 ? [x] : [x, y];
}

const dimensionsHelp = 'One dimension is a line with hills, two are a map.';

/** What the balls roll on, from where, and for how long. */
export function SurfaceControls({
  specification,
  surfaces,
}: {
  specification: LandscapeSpecification;
  surfaces: readonly SurfaceDescription[];
}) {
  const { surface, dimensions, seed, start, steps, noise } = specification;
  const id = useId();
  const chosen = surfaces.find((candidate) => candidate.id === surface);
  const choose = (next: string) => {
    const possible = surfaces.find((candidate) => candidate.id === next)?.dimensions ?? [dimensions];
    const taken = possible.includes(dimensions) ? dimensions : possible[0];
    set({ surface: next, dimensions: taken, start: startIn(taken, start) });
  };
  return (
    <Panel title="Surface">
      <div className={classes.settings}>
        <SelectField
          label="Surface"
          help={chosen?.help ?? 'What the balls roll on.'}
          value={surface}
          options={surfaces.map(({ id: value, label }) => ({ value, label }))}
          onChange={choose}
        />
        {chosen && <Hint>{chosen.help}</Hint>}
        <Tooltip label={dimensionsHelp} position="right">
          <div>
            <SegmentedControl
              fullWidth
              aria-label="Dimensions"
              aria-describedby={id}
              data={([1, 2] as const).map((n) => ({
                value: String(n),
                label: n === 1 ? 'One dimension' : 'Two dimensions',
                disabled: chosen !== undefined && !chosen.dimensions.includes(n),
              }))}
              value={String(dimensions)}
              onChange={(value) => {
                const next = value === '1' ? 1 : 2;
                set({ dimensions: next, start: startIn(next, start) });
              }}
            />
            <VisuallyHidden id={id}>{dimensionsHelp}</VisuallyHidden>
          </div>
        </Tooltip>
        <Pairs>
          {start.map((value, k) => (
            <NumberField
              key={['x', 'y'][k]}
              label={`Start, ${['x', 'y'][k]}`}
              help="Where all balls start, from -1 to 1. The mark on the surface can be dragged as well."
              value={value}
              minimum={-1}
              maximum={1}
              step={0.01}
              onChange={(next) => set({ start: start.map((old, at) => (at === k ? coordinate(next) : old)) })}
            />
          ))}
          <NumberField
            label="Steps"
            help="How many gradient steps each ball takes, from 10 to 2,000."
            integer
            value={steps}
            minimum={10}
            maximum={2000}
            step={10}
            onChange={(next) => set({ steps: next })}
          />
          <NumberField
            label="Noise"
            help="Standard deviation of what is added to the slope at each step, as mini-batches add it; 0 for none."
            value={noise}
            minimum={0}
            maximum={10}
            step={0.1}
            onChange={(next) => set({ noise: next })}
          />
          <NumberField
            label="Seed"
            help="Fixes the random starts, the noise, and the surface that is drawn by the seed."
            integer
            value={seed}
            minimum={0}
            maximum={4294967295}
            step={1}
            onChange={(next) => set({ seed: next })}
          />
        </Pairs>
        <Tooltip label="Takes the surface that is drawn by the seed, with the next seed.">
          <Button
            variant="default"
            leftSection={<Dices size={16} />}
            onClick={() => set({ surface: 'seeded', seed: surface === 'seeded' ? (seed + 1) % 2 ** 32 : seed })}
          >
            Another surface
          </Button>
        </Tooltip>
      </div>
    </Panel>
  );
}
