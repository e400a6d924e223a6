import { Button } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { toFailure } from '../../client/failure';
import type { DatasetPreview } from '../../protocol/data';
import type { LabFailure } from '../../protocol/failure';
import { isActive } from '../../store/run';
import { type LoadTarget, useLabStore } from '../../store/store';
import { DropZone } from '../../ui/drop-zone';
import { FailureNotice, RoomHead } from '../../ui/widgets';
import { useSession } from '../session-context';
import { ColumnChooser } from './column-chooser';
import classes from './data-room.module.css';
import { DatasetCard } from './dataset-card';
import { EmbeddingsCard } from './embeddings-card';
import { LoadingNotice } from './loading-notice';

/** What is loaded, and how to bring one's own. */
export default function DataRoom() {
  const session = useSession();
  const { report, loading, failure } = useLabStore((state) => state.data);
  const running = useLabStore((state) => isActive(state.run.status));
  const [choosing, setChoosing] = useState<{ file: File; preview: DatasetPreview } | null>(null);
  const [previewFailure, setPreviewFailure] = useState<LabFailure | null>(null);
  const busy = loading !== null || running;
  const own = report && !(report.embeddings.source.id.startsWith('bundled:') && report.dataset.source.id.startsWith('bundled:'));

  const chooseDataset = async (file: File) => {
    setPreviewFailure(null);
    setChoosing(null);
    try {
      setChoosing({ file, preview: await session.lab.previewDataset(file) });
    } catch (thrown) {
      setPreviewFailure(toFailure(thrown));
    }
  };
  const failed = (target: LoadTarget) => failure?.target === target && <FailureNotice {...failure.failure} />;

  return (
    <>
      <RoomHead
        title="Data"
        aside={
          own && (
            <Button variant="default" leftSection={<RotateCcw size={15} />} disabled={busy} onClick={() => void session.loadBundled()}>
              Back to the bundled data
            </Button>
          )
        }
      >
        A table of word vectors and a set of labelled sentences. Files are read in this tab and go nowhere else.
      </RoomHead>
      {failure?.target === 'bundled' && (
        <div className={classes.notice}>
          <FailureNotice
            {...failure.failure}
            action={
              <Button size="xs" variant="default" onClick={() => void session.loadBundled()}>
                Load again
              </Button>
            }
          />
        </div>
      )}
      {loading?.target === 'bundled' && <LoadingNotice />}
      {running && <p className={classes.running}>A run is using this data; other data can be loaded when it has ended.</p>}
      <div className={classes.grid}>
        <section className={classes.column} aria-label="Embeddings">
          <DropZone
            label="Load embeddings"
            accept=".txt,.vec,.glove,text/plain"
            disabled={busy}
            onFile={(file) => void session.loadEmbeddings(file)}
          >
            A GloVe text file: a word and its numbers a line. Drop it here, or choose it.
          </DropZone>
          {loading?.target === 'embeddings' && <LoadingNotice />}
          {failed('embeddings')}
          {report ? <EmbeddingsCard report={report.embeddings} /> : <div className={classes.pending} />}
        </section>
        <section className={classes.column} aria-label="Labelled sentences">
          <DropZone
            label="Load labelled sentences"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
            disabled={busy}
            onFile={(file) => void chooseDataset(file)}
          >
            A CSV or TSV file with a header line: texts and labels. Drop it here, or choose it.
          </DropZone>
          {previewFailure && <FailureNotice {...previewFailure} />}
          {choosing && (
            <ColumnChooser
              key={choosing.file.name}
              name={choosing.file.name}
              preview={choosing.preview}
              busy={busy}
              onCancel={() => setChoosing(null)}
              onChoose={(columns) => {
                const { file } = choosing;
                setChoosing(null);
                void session.loadDataset(file, columns);
              }}
            />
          )}
          {loading?.target === 'dataset' && <LoadingNotice />}
          {failed('dataset')}
          {report ? <DatasetCard report={report.dataset} /> : <div className={classes.pending} />}
        </section>
      </div>
    </>
  );
}
