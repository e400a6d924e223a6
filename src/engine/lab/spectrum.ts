import type { Lab, OnRowProgress, SpectrumOf, TableSpectrum } from '../../protocol/lab';
import { validateSpecification } from '../experiment/specification';
import type { Table } from '../svd/row-blocks';
import { RowPace } from '../svd/row-pace';
import { rankQuality } from '../svd/spectrum';
import { spectrum } from '../svd/svd';
import type { LoadedData } from './data';
import type { OnDevice } from './device';
import type { LabEnvironment } from './environment';
import type { Going } from './going';

/** The spectrum of a table: one at a time, remembered while its table is there. */
export function spectrumVerbs(
  { now }: Pick<LabEnvironment, 'now'>,
  going: Going,
  data: LoadedData,
  onDevice: OnDevice,
): Pick<Lab, 'spectrum' | 'stopSpectrum'> {
  let factorizing: { control: AbortController; answer: Promise<TableSpectrum> } | null = null;
  /** By their tables: forgotten with them. */
  const spectra = new WeakMap<Table, TableSpectrum>();

  /** The singular values of a table, block by block; a stop is heard between two of them. */
  async function factorize(table: Table, of: SpectrumOf, onProgress: OnRowProgress, signal: AbortSignal): Promise<TableSpectrum> {
    const startedAt = now();
    const pace = new RowPace({ stage: 'Multiplying rows', totalRows: table.rows, onProgress, signal, now });
    const { singularValues } = await onDevice((device) => spectrum(table, device, pace.onRows));
    const { retainedEnergy, relativeError } = rankQuality(singularValues);
    const answer: TableSpectrum = {
      of,
      rows: table.rows,
      dimension: table.columns,
      singularValues: [...singularValues],
      retainedEnergy: [...retainedEnergy],
      relativeError: [...relativeError],
      milliseconds: now() - startedAt,
    };
    spectra.set(table, answer);
    return answer;
  }

  async function stopSpectrum(): Promise<void> {
    factorizing?.control.abort();
    await factorizing?.answer.catch(() => {});
  }

  return {
    async spectrum(specification, of, onProgress) {
      const valid = data.validate(validateSpecification(specification));
      const table = of === 'table' ? data.get().vectors.vectors : data.prepare(valid, valid.seeds[0]).table;
      // Another question may have come meanwhile.
      while (factorizing) await stopSpectrum();
      const known = spectra.get(table);
      if (known) return known;
      going.refuseWhileRunning('The spectrum can be computed when the run has ended.');
      const control = new AbortController();
      const answer = factorize(table, of, onProgress, control.signal);
      const ours = { control, answer };
      factorizing = ours;
      try {
        return await answer;
      } finally {
        if (factorizing === ours) factorizing = null;
      }
    },

    stopSpectrum,
  };
}
