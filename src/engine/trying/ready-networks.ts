import type { Device } from '../device/device';
import type { FinishedModel } from '../experiment/run';
import type { LayerSpecification } from '../models/model';
import { Network } from '../plan/network';
import type { Sentences } from '../sentences';

/** What all kept networks may hold of the device's memory together, the last one aside. */
const mostBytes = 256 * 2 ** 20;

/** The models' networks, compiled at their first use and kept, so that a sentence can be classified while it is typed. */
export class ReadyNetworks {
  private device: Device | null = null;
  /** The one that was used last comes last. */
  private readonly kept = new Map<FinishedModel, Network>();

  constructor(
    private readonly layers: readonly LayerSpecification[],
    private readonly limitBytes = mostBytes,
  ) {}

  /** Good until another one is asked for. */
  async of(model: FinishedModel, device: Device): Promise<Network> {
    if (device !== this.device) this.free();
    this.device = device;
    const known = this.kept.get(model);
    this.kept.delete(model);
    const { embedding, weights } = model.state;
    const network = known ?? (await Network.compile(device, { layers: this.layers, embedding, weights, training: null }));
    this.kept.set(model, network);
    this.makeRoom();
    return network;
  }

  free(): void {
    for (const network of this.kept.values()) network.free();
    this.kept.clear();
    this.device = null;
  }

  private makeRoom(): void {
    let bytes = 0;
    for (const network of this.kept.values()) bytes += network.sizeBytes;
    for (const [model, network] of this.kept) {
      if (bytes <= this.limitBytes || this.kept.size === 1) return;
      bytes -= network.sizeBytes;
      network.free();
      this.kept.delete(model);
    }
  }
}

/** Logits of a few sentences: sentences x classes. */
export async function logitsOf(network: Network, sentences: Sentences): Promise<Float32Array> {
  const set = await network.evaluationSet(sentences);
  try {
    return await set.logits();
  } finally {
    set.free();
  }
}
