/** What the visitor asks for; `auto` takes the faster of WebGPU and the CPU backend. */
export type BackendChoice = 'auto' | 'webgpu' | 'cpu';

/** Training steps of the default experiment on both backends, and what they were measured on: figures hold for that alone. */
export interface ProbeFigures {
  adapter: string;
  /** Names and versions. */
  browser: string;
  lab: string;
  webgpuStepMs: number;
  cpuStepMs: number;
  /** Milliseconds since 1970. */
  measuredAt: number;
}

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
  /** What the choice was made by, now or at an earlier visit; null where nothing was measured. */
  probe: ProbeFigures | null;
}
