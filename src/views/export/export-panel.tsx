import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { formatBytes, formatPercent } from '../../charts/format';
import { saveFile } from '../../charts/save';
import { toFailure } from '../../client/failure';
import type { ExportFormatDescription, ModelExport } from '../../protocol/export';
import type { LabFailure } from '../../protocol/failure';
import type { TrainedModel } from '../../protocol/lab';
import { selectIsBusy, selectMethodLabel } from '../../store/selectors';
import { type LabState, useLabStore } from '../../store/store';
import { SelectField } from '../../ui/inputs';
import { FailureNotice, Panel } from '../../ui/widgets';
import { useHidden } from '../hideable';
import { useSession } from '../session-context';
import { CodeLines } from './code-lines';
import classes from './export.module.css';
import { ExportFiles } from './export-files';
import { zipFiles } from './zip-files';

const NO_FORMATS: readonly ExportFormatDescription[] = [];
const selectFormats = (state: LabState) => state.lab.catalogue?.exportFormats ?? NO_FORMATS;

/** Takes a trained model home: in which format, what files, and the lines that use them. */
export default function ExportPanel() {
  const models = useLabStore((state) => state.models);
  const formats = useLabStore(selectFormats);
  const hidden = useHidden('downloads');
  if (hidden || models.length === 0 || formats.length === 0) return null;
  return <Choice models={models} formats={formats} />;
}

function Choice({ models, formats }: { models: readonly TrainedModel[]; formats: readonly ExportFormatDescription[] }) {
  const session = useSession();
  const labelOf = useLabStore(selectMethodLabel);
  const busy = useLabStore(selectIsBusy);
  const helpId = useId();
  const [wanted, setWanted] = useState({ model: '', format: '' });
  const [written, setWritten] = useState<{ models: readonly TrainedModel[]; model: string; value: ModelExport } | null>(null);
  const [failure, setFailure] = useState<LabFailure | null>(null);
  const [working, setWorking] = useState(false);
  const asked = useRef(0);
  // Another run may have other models.
  const model = models.find(({ id }) => id === wanted.model) ?? models.find(({ method }) => method === 'low-rank') ?? models[0];
  const format = formats.find(({ id }) => id === wanted.format) ?? formats[0];
  const shown = written?.models === models && written.model === model.id && written.value.format === format.id ? written.value : null;

  const choose = (patch: Partial<typeof wanted>) => {
    asked.current++;
    setWorking(false);
    setFailure(null);
    setWanted({ ...wanted, ...patch });
  };

  const files = async (): Promise<ModelExport | null> => {
    if (shown) return shown;
    const turn = ++asked.current;
    setWorking(true);
    setFailure(null);
    try {
      const value = await session.lab.exportModel(model.id, format.id);
      // Another model or format was chosen meanwhile.
      if (turn !== asked.current) return null;
      setWritten({ models, model: model.id, value });
      return value;
    } catch (thrown) {
      if (turn === asked.current) setFailure(toFailure(thrown));
      return null;
    } finally {
      if (turn === asked.current) setWorking(false);
    }
  };

  const download = async () => {
    const value = await files();
    if (!value) return;
    const stem = `${model.id.replace('@', '-')}-${format.id}`;
    const [first] = value.files;
    try {
      if (value.files.length === 1) saveFile(first.path.split('/').at(-1) ?? stem, new Blob([first.bytes as Uint8Array<ArrayBuffer>]));
      else saveFile(`${stem}.zip`, await zipFiles(value.files));
    } catch (thrown) {
      setFailure(toFailure(thrown));
    }
  };

  return (
    <Panel
      className="print-hides"
      title="Take a model home"
      note="Files that open elsewhere, with the lines that use them. Nothing is uploaded: they are written in this tab."
    >
      <div className={classes.stack}>
        <div className={classes.choice}>
          <SelectField
            label="Model"
            help="Which of the run’s models is written; of the first seed, where there are several."
            value={model.id}
            options={models.map((one) => ({ value: one.id, label: `${nameOf(one, labelOf)}, ${formatBytes(one.embeddingBytes)}` }))}
            onChange={(id) => choose({ model: id })}
          />
          <SelectField
            label="Format"
            help="What opens the files."
            value={format.id}
            options={formats.map(({ id, label }) => ({ value: id, label }))}
            onChange={(id) => choose({ format: id })}
          />
          <div className={classes.buttons}>
            <Button
              leftSection={<Download size={15} />}
              disabled={busy || working}
              aria-describedby={helpId}
              onClick={() => void download()}
            >
              Download
            </Button>
            {!shown && (
              <Button variant="default" disabled={busy || working} onClick={() => void files()}>
                Show files and code
              </Button>
            )}
          </div>
        </div>
        <p className={classes.help} id={helpId}>
          {format.help}
        </p>
        <p role="status" className={classes.status}>
          {working && 'Writing the files…'}
        </p>
        {failure && <FailureNotice {...failure} />}
        {shown && (
          <div className={classes.written}>
            <ExportFiles written={shown} />
            {shown.examples.length > 0 && <CodeLines examples={shown.examples} several={shown.files.length > 1} />}
          </div>
        )}
      </div>
    </Panel>
  );
}

function nameOf({ method, requestedRate }: TrainedModel, labelOf: (method: string) => string): string {
  return requestedRate === null ? labelOf(method) : `${labelOf(method)} at ${formatPercent(requestedRate)}`;
}
