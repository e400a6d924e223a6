import { LabError } from '../errors';
import type { DeviceBuffer, DeviceCounters } from './device';

/** Fresh counters, all at zero. */
export function newCounters(): DeviceCounters {
  return { dispatches: 0, submits: 0, maps: 0, buffersCreated: 0, liveBuffers: 0, liveBytes: 0, uploadedBytes: 0 };
}

export function countCreated(counters: DeviceCounters, bytes: number): void {
  counters.buffersCreated++;
  counters.liveBuffers++;
  counters.liveBytes += bytes;
}

export function countDestroyed(counters: DeviceCounters, bytes: number): void {
  counters.liveBuffers--;
  counters.liveBytes -= bytes;
}

/** @throws LabError `out-of-memory` where `bytes` is more than the device can bind at once. */
export function checkSize(label: string, bytes: number, maximum: number): void {
  if (bytes > maximum) {
    throw new LabError(
      'out-of-memory',
      `"${label}" needs ${(bytes / 1048576).toFixed(0)} MiB, and this device binds at most ${(maximum / 1048576).toFixed(0)} MiB at once.`,
      'Keep fewer words of the table, or take the CPU backend.',
    );
  }
}

/** @throws RangeError where elements outside the buffer are asked for: a bug of the caller's. */
export function checkRange(buffer: DeviceBuffer, offset: number, length: number): void {
  if (offset < 0 || length < 0 || offset + length > buffer.length) {
    throw new RangeError(`elements ${offset} to ${offset + length} of "${buffer.label}", which has ${buffer.length}`);
  }
}
