import type { StepValues } from '../../device/device';
import { sharedMemory } from '../../device/heap';
import type { Target } from '../wasm/assembler';
import { formulaModule } from '../wasm/expression';
import { type InPlace, inPlace } from '../wasm/in-place';
import type { Optimizer, UpdatedRow } from './optimizer';

/** Numbers of a step that an optimizer's formula may take. */
const mostFactors = 4;
/** Slots of state that the call below passes. */
const mostSlots = 4;

/** Length, number of the first element, factors; addresses of the parameters, their gradients and each slot of their state. */
type UpdateFunction = (length: number, first: number, ...factorsAndAddresses: number[]) => void;

const modules = new Map<Optimizer, InPlace<UpdateFunction>>();

/** Updates `length` parameters from `start`, by the gradients from `from`. */
export type RowUpdate = (start: number, length: number, from: number) => void;

/** An optimizer's update of rows in these arrays: by SIMD where they lie in one heap. */
export function rowUpdate(
  optimizer: Optimizer,
  { parameters, state, gradient, size }: Pick<UpdatedRow, 'parameters' | 'state' | 'gradient' | 'size'>,
  step: StepValues,
): RowUpdate {
  const memory = sharedMemory(parameters, state, gradient);
  const main = memory && moduleOf(optimizer)(memory);
  if (!main) {
    const row: UpdatedRow = { parameters, state, gradient, size, start: 0, length: 0, from: 0 };
    return (start, length, from) => {
      row.start = start;
      row.length = length;
      row.from = from;
      optimizer.updateRow(row, step);
    };
  }
  const [f0 = 0, f1 = 0, f2 = 0, f3 = 0] = optimizer.lanes.factors(step);
  const p = parameters.byteOffset;
  const g = gradient.byteOffset;
  const s0 = state.byteOffset;
  const [s1, s2, s3] = [s0 + 4 * size, s0 + 8 * size, s0 + 12 * size];
  // WebAssembly drops the arguments that the function has no parameter for: slots that this optimizer does not keep.
  return (start, length, from) => {
    const at = 4 * start;
    main(length, 0, f0, f1, f2, f3, p + at, g + 4 * from, s0 + at, s1 + at, s2 + at, s3 + at);
  };
}

function moduleOf(optimizer: Optimizer): InPlace<UpdateFunction> {
  let module = modules.get(optimizer);
  if (!module) {
    module = inPlace((target) => updateModule(optimizer, target));
    modules.set(optimizer, module);
  }
  return module;
}

function updateModule({ id, stateSlots, lanes }: Optimizer, target: Target): Uint8Array<ArrayBuffer> {
  if (stateSlots > mostSlots) throw new RangeError(`optimizer "${id}" keeps ${stateSlots} numbers, where ${mostSlots} are passed`);
  return formulaModule(
    {
      streams: 2 + stateSlots,
      scalars: new Array<'float'>(mostFactors).fill('float'),
      write: ([parameter, gradient, ...state], factors) => {
        const updated = lanes.update(parameter, gradient, state, factors);
        return [
          ...(updated.parameter === parameter ? [] : [{ stream: 0, value: updated.parameter }]),
          ...updated.state.map((value, slot) => ({ stream: 2 + slot, value })),
        ];
      },
    },
    target,
  );
}
