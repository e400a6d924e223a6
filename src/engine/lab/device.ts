import type { BackendChoice, ProbeFigures } from '../../protocol/device';
import type { Device } from '../device/device';
import type { LabEnvironment } from './environment';

/** Works on the open device, or on a new one. */
export type OnDevice = <T>(work: (device: Device) => Promise<T>) => Promise<T>;

/** The lab's device, one at a time: opened when it is first needed, and anew after one that failed. */
export class LabDevice {
  private choice: BackendChoice = 'auto';
  private probes: readonly ProbeFigures[] = [];
  private device: Promise<Device> | null = null;

  /** @param beforeClosing frees what is held on the device by others */
  constructor(
    private readonly environment: Pick<LabEnvironment, 'openDevice'>,
    private readonly beforeClosing: () => Promise<void>,
  ) {}

  /** Opens a device of this choice in the place of what is open. */
  async change(choice: BackendChoice, known: readonly ProbeFigures[]): Promise<Device> {
    // The old one goes first: two devices on one tfjs backend would close each other.
    await this.close();
    const device = await this.opened(choice, known);
    this.choice = choice;
    // One that is opened later, in the place of a lost one, is chosen by the same figures.
    this.probes = device.report.probe ? [device.report.probe] : known;
    return device;
  }

  /** Works on the device. One that failed does nothing more and says nothing: it is dropped, and the next work opens a new one. */
  async onDevice<T>(work: (device: Device) => Promise<T>): Promise<T> {
    const device = await this.opened();
    try {
      return await work(device);
    } finally {
      if (device.failure) {
        await this.close();
      }
    }
  }

  async close(): Promise<void> {
    const opened = this.device;
    this.device = null;
    await this.beforeClosing();
    const device = await opened?.catch(() => null);
    await device?.close();
  }

  /** The open device, or a new one; calls that come while it is being opened get the same. */
  private opened(choice = this.choice, known = this.probes): Promise<Device> {
    this.device ??= this.environment.openDevice(choice, known).catch((error: unknown) => {
      this.device = null;
      throw error;
    });
    return this.device;
  }
}
