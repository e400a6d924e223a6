import type { Device } from '../../src/engine/device/device';
import { adam } from '../../src/engine/kernels/optimizer/adam';
import { matrix } from '../../src/engine/matrix';
import { maxStepsPerSubmit, Network } from '../../src/engine/plan/network';
import { type StepData, sizes, tableOf } from './training-step-data';

/** Steps between two read-backs, at most: what the network has room for. */
export const mostSteps = 256;

/** Ours, as the lab trains: several steps a submit, losses read after them. */
export class OurStep {
  private next = 0;
  private readonly order = Uint32Array.from({ length: sizes.batches * sizes.sentences }, (_, s) => s);

  private constructor(
    private readonly network: Network,
    private readonly device: Device,
  ) {}

  /** @param dropout 0 to compare losses with a peer's, whose masks are its own */
  static async create(device: Device, data: StepData, dropout: number): Promise<OurStep> {
    const table = tableOf(data);
    const { projection, stepCase } = data;
    const network = await Network.compile(device, {
      layers: data.layers.map((layer) => ('dropout' in layer && layer.dropout > 0 ? { ...layer, dropout } : layer)),
      embedding:
        projection === null
          ? { kind: 'table', table }
          : { kind: 'factors', a: table, b: matrix(stepCase.rank ?? 0, sizes.columns, projection) },
      weights: data.weights,
      training: { optimizer: adam, sentences: data.sentences, batchSize: sizes.sentences, frozenEmbedding: false, dropoutSeed: 1 },
    });
    return new OurStep(network, device);
  }

  /** Losses of the first batch, trained on again and again. */
  async losses(steps: number): Promise<number[]> {
    for (let i = 0; i < steps; i++) this.submit([0]);
    return this.network.readLosses();
  }

  /** Milliseconds of a step, of so many with one read-back at their end. */
  async run(steps: number): Promise<number> {
    const start = performance.now();
    for (let done = 0; done < steps; done += maxStepsPerSubmit) {
      this.submit(Array.from({ length: Math.min(maxStepsPerSubmit, steps - done) }, () => this.next++ % sizes.batches));
    }
    await this.network.readLosses();
    return (performance.now() - start) / steps;
  }

  /** What the device counts for a step. A submit takes as many as `maxStepsPerSubmit`, and costs no more of them. */
  async counts(): Promise<{ dispatches: number; submits: number; uploadedBytes: number }> {
    const before = { ...this.device.counters };
    await this.run(1);
    const spent = (key: keyof typeof before) => this.device.counters[key] - before[key];
    return { dispatches: spent('dispatches'), submits: spent('submits') / maxStepsPerSubmit, uploadedBytes: spent('uploadedBytes') };
  }

  close(): void {
    this.network.free();
  }

  private submit(batches: readonly number[]): void {
    this.network.train(
      this.order,
      batches.map((b) => ({ from: b * sizes.sentences, to: (b + 1) * sizes.sentences })),
      batches.map(() => sizes.learningRate),
      this.next,
      null,
    );
  }
}
