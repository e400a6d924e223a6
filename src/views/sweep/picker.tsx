import { MethodSwatch } from '../../charts/swatch';
import type { Setting } from '../../protocol/analysis';
import { useLabStore, write } from '../../store/store';
import { selectAnalysis, selectSetting, selectSweepMethods } from '../../store/sweep/selectors';
import { SelectField } from '../../ui/inputs';
import { useNames } from './names';
import classes from './sweep-room.module.css';

const NO_SETTINGS: readonly Setting[] = [];

/** What of a setting is chosen by itself, and how one says it. */
interface Part {
  id: string;
  label: string;
  help: string;
  valueOf(setting: Setting): string;
}

const PARTS: readonly Part[] = [
  {
    id: 'task',
    label: 'Task',
    help: 'Whose cells the figures show.',
    valueOf: ({ task }) => JSON.stringify([task.dataset.id, task.task]),
  },
  { id: 'model', label: 'Network', help: 'Which network’s cells the figures show.', valueOf: ({ model }) => model },
  {
    id: 'schedule',
    label: 'Schedule',
    help: 'By which learning-rate schedule the shown cells were trained.',
    valueOf: ({ schedule }) => JSON.stringify(schedule),
  },
];

/** Which setting the figures show, where there are several, and which methods. */
export function Picker() {
  const settings = useLabStore((state) => selectAnalysis(state)?.settings ?? NO_SETTINGS);
  const shown = useLabStore(selectSetting);
  const methods = useLabStore(selectSweepMethods);
  const hidden = useLabStore((state) => state.sweep.view.hiddenMethods);
  const names = useNames();
  if (!shown) return null;
  const words = (part: Part, setting: Setting) =>
    ({ task: names.task(setting.task.task), model: names.model(setting.model), schedule: names.schedule(setting.schedule) })[part.id] ?? '';
  /** The setting with this part as asked, and of those the one most like the shown one. */
  const choose = (part: Part, value: string) => {
    const alike = (setting: Setting) => PARTS.filter((one) => one.valueOf(setting) === one.valueOf(shown)).length;
    const fitting = settings.map((setting, index) => ({ setting, index })).filter(({ setting }) => part.valueOf(setting) === value);
    const best = fitting.sort((a, b) => alike(b.setting) - alike(a.setting))[0];
    if (best) write.sweepView({ setting: best.index });
  };
  return (
    <section className={classes.picker} aria-label="What the figures show">
      {PARTS.map((part) => {
        const options = new Map(settings.map((setting) => [part.valueOf(setting), words(part, setting)]));
        if (options.size < 2) return null;
        return (
          <div key={part.id} className={classes.pick}>
            <SelectField
              label={part.label}
              help={part.help}
              value={part.valueOf(shown)}
              options={[...options].map(([value, label]) => ({ value, label }))}
              onChange={(value) => choose(part, value)}
            />
          </div>
        );
      })}
      <fieldset className={classes.methodChips}>
        <legend>Methods shown</legend>
        {methods.map((method) => (
          <label key={method} title={`Show or hide ${names.method(method)} in figures, tables and comparisons.`}>
            <input
              type="checkbox"
              checked={!hidden.includes(method)}
              onChange={() =>
                write.sweepView({
                  hiddenMethods: hidden.includes(method) ? hidden.filter((one) => one !== method) : [...hidden, method],
                })
              }
            />
            <MethodSwatch method={method} width={18} />
            {names.method(method)}
          </label>
        ))}
      </fieldset>
    </section>
  );
}
