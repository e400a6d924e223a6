import { Button } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { selectIsBusy } from '../../store/selectors';
import { type LoadTarget, useLabStore } from '../../store/store';
import { DropZone } from '../../ui/drop-zone';
import { FailureNotice, RoomHead, WarningNotice } from '../../ui/widgets';
import { Hideable } from '../hideable';
import { useSession } from '../session-context';
import { useLabFiles } from '../shell/use-lab-files';
import { AddressField } from './address-field';
import { ColumnChooser } from './column-chooser';
import { ConfirmHost } from './confirm-host';
import classes from './data-room.module.css';
import { DatasetCard } from './dataset-card';
import { EmbeddingsCard } from './embeddings-card';
import { EmbeddingsChooser } from './embeddings-chooser';
import { KeptSources } from './kept-sources';
import { LoadingNotice } from './loading-notice';
import { LookingNotice } from './looking-notice';

/** What is loaded, and how to bring one's own. */
export default function DataRoom() {
  const session = useSession();
  const openLabFiles = useLabFiles();
  const { report, loading, failure, embeddingsOffer, datasetOffer, storage, notice } = useLabStore((state) => state.data);
  const running = useLabStore(selectIsBusy);
  const busy = loading !== null || running || report === null;
  const own = report && !(report.embeddings.source.id.startsWith('bundled:') && report.dataset.source.id.startsWith('bundled:'));
  const failed = (target: LoadTarget) => failure?.target === target && <FailureNotice {...failure.failure} />;
  const dropOffer = (kind: 'embeddings' | 'dataset') => session.dropOffer(kind);

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
      <ConfirmHost />
      <div className={classes.notices}>
        {notice && <WarningNotice>{notice}</WarningNotice>}
        {failure?.target === 'bundled' && (
          <FailureNotice
            {...failure.failure}
            action={
              <Button size="xs" variant="default" onClick={() => void session.loadBundled()}>
                Load again
              </Button>
            }
          />
        )}
        {failed('saved')}
        {(loading?.target === 'bundled' || loading?.target === 'saved') && <LoadingNotice />}
        {!loading && !report && !failure && (
          <WarningNotice>
            No data is loaded.{' '}
            <Button size="xs" variant="default" onClick={() => void session.loadBundled()}>
              Load the bundled data
            </Button>
          </WarningNotice>
        )}
        {running && <p className={classes.running}>A run is using this data; other data can be loaded when it has ended.</p>}
      </div>
      <div className={classes.grid}>
        <div className={classes.left}>
          <section className={classes.column} aria-label="Embeddings">
            <Hideable id="own-data">
              <DropZone
                label="Load embeddings"
                disabled={busy}
                onFiles={(files) => void openLabFiles(files, (others) => void session.offerEmbeddings(others))}
                footer={<AddressField disabled={busy} onAddress={(address) => session.ask('embeddings', address)} />}
              >
                GloVe, word2vec, fastText, NumPy, safetensors or the Projector’s TSV, packed or not. Vectors and vocabulary in two files?
                Give both.
              </DropZone>
            </Hideable>
            {embeddingsOffer && !embeddingsOffer.preview && (
              <LookingNotice name={embeddingsOffer.name} onCancel={() => dropOffer('embeddings')} />
            )}
            {embeddingsOffer?.preview && report && (
              <EmbeddingsChooser
                key={embeddingsOffer.name}
                name={embeddingsOffer.name}
                preview={embeddingsOffer.preview}
                dataset={report.dataset}
                busy={busy}
                onVocabulary={(file) => void session.offerEmbeddings([...embeddingsOffer.inputs, file])}
                onLoad={(choice) => void session.loadEmbeddings(embeddingsOffer.inputs, choice)}
                onCancel={() => dropOffer('embeddings')}
              />
            )}
            {loading?.target === 'embeddings' && <LoadingNotice />}
            {failed('embeddings')}
            {report ? <EmbeddingsCard report={report.embeddings} /> : <div className={classes.pending} />}
          </section>
          {storage && (
            <div className={classes.kept}>
              <KeptSources storage={storage} report={report} busy={loading !== null || running} />
            </div>
          )}
        </div>
        <section className={classes.column} aria-label="Labelled sentences">
          <Hideable id="own-data">
            <DropZone
              label="Load labelled sentences"
              disabled={busy}
              onFiles={(files) => void openLabFiles(files, (others) => void session.offerDataset(others))}
              footer={<AddressField disabled={busy} onAddress={(address) => session.ask('dataset', address)} />}
            >
              CSV, TSV, JSON, JSON Lines or Parquet: texts and their labels, packed or not. Split already? Give its files together: train,
              validation, test.
            </DropZone>
          </Hideable>
          {datasetOffer && !datasetOffer.preview && <LookingNotice name={datasetOffer.name} onCancel={() => dropOffer('dataset')} />}
          {datasetOffer?.preview && (
            <ColumnChooser
              key={datasetOffer.name}
              name={datasetOffer.name}
              files={datasetOffer.inputs.length}
              preview={datasetOffer.preview}
              busy={busy}
              onCancel={() => dropOffer('dataset')}
              onChoose={(columns) => void session.loadDataset(datasetOffer.inputs, columns)}
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
