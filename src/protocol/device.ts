/** What the visitor asks for; `auto` takes WebGPU unless it is missing, or is software and slower than the CPU backend. */
export type BackendChoice = 'auto' | 'webgpu' | 'cpu';

/** What the lab runs on, and why. */
export interface DeviceReport {
  backend: 'webgpu' | 'cpu';
  /** The GPU's name, or the CPU backend's; ready to be shown. */
  name: string;
  vendor: string;
  architecture: string;
  /** WebGPU played by the CPU (SwiftShader, lavapipe, WARP). */
  software: boolean;
  /** One sentence: why this backend was taken. */
  reason: string;
  /** Measured by the probe where it ran: milliseconds a training step. */
  probe: { webgpuStepMs: number; cpuStepMs: number } | null;
}
