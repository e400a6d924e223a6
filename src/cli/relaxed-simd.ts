/**
 * Gives Node what a current Chromium has: WebAssembly's relaxed SIMD, which Node 20 knows and hides behind a flag. So the command line and the page
 * compute the same bits on one machine. To be imported before anything is computed; goes when Node 20 is no longer supported.
 */
import { setFlagsFromString } from 'node:v8';
import { takesRelaxedSimd } from '../engine/device/simd';

if (!takesRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
