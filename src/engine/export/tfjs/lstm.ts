import type { Value } from '../graph/builder';
import { type AttributeValue, type DataType, type GraphFunction, graphNode, integer, typed } from './graph';

/** What a loop over time carries from step to step, in order. */
const carried: readonly { name: string; type: DataType }[] = [
  { name: 'step', type: 'DT_INT32' },
  { name: 'state', type: 'DT_FLOAT' },
  { name: 'cell', type: 'DT_FLOAT' },
  { name: 'best', type: 'DT_FLOAT' },
  { name: 'steps', type: 'DT_INT32' },
  { name: 'gates', type: 'DT_FLOAT' },
  { name: 'recurrent', type: 'DT_FLOAT' },
  { name: 'lengths', type: 'DT_INT32' },
];

/** Where the result lies among what is carried. */
export const carriedPlace = { state: 1, best: 3 } as const;

/** What is carried at first, by name. */
export type Carried = Record<'step' | 'state' | 'cell' | 'best' | 'steps' | 'gates' | 'recurrent' | 'lengths', Value>;

/** Constants of the graph that the functions name too, int32. What is computed with is apart from axes: those are read on the host. */
export interface LoopConstants {
  /** 1. */
  stride: Value;
  /** 0 and 1. */
  firstAxis: Value;
  secondAxis: Value;
}

const integerType = { T: typed('DT_INT32') };
const floatType = { T: typed('DT_FLOAT') };

/** The functions of a StatelessWhile: is there a step left, and one step of all sentences at once. One that has ended keeps its state. */
export function loopFunctions(name: string, backwards: boolean, { stride, firstAxis, secondAxis }: LoopConstants): GraphFunction[] {
  const constant = (of: Value) => graphNode(of, 'Const', [], { dtype: typed('DT_INT32') });
  const time = backwards ? 'time' : 'step';
  return [
    {
      signature: { name: `${name}_goes_on`, inputArg: [...carried], outputArg: [{ name: 'goes_on', type: 'DT_BOOL' }] },
      nodeDef: [graphNode('less', 'Less', ['step', 'steps'], integerType)],
      ret: { goes_on: 'less:0' },
    },
    {
      signature: {
        name: `${name}_step`,
        inputArg: [...carried],
        outputArg: carried.map(({ name, type }) => ({ name: `${name}_out`, type })),
      },
      nodeDef: [
        constant(stride),
        constant(firstAxis),
        constant(secondAxis),
        graphNode('next', 'AddV2', ['step', stride], integerType),
        ...(backwards ? [graphNode('time', 'Sub', ['steps', 'next'], integerType)] : []),
        // Time is the first dimension of the gates.
        graphNode('input', 'GatherV2', ['gates', time, firstAxis], {
          batch_dims: integer(0),
          Tparams: typed('DT_FLOAT'),
          Tindices: typed('DT_INT32'),
          Taxis: typed('DT_INT32'),
        }),
        graphNode('product', 'MatMul', ['state', 'recurrent'], floatType),
        graphNode('sums', 'AddV2', ['input', 'product'], floatType),
        graphNode('parts', 'Split', [secondAxis, 'sums'], { num_split: integer(4), ...floatType }),
        graphNode('i', 'Sigmoid', ['parts:0'], floatType),
        graphNode('f', 'Sigmoid', ['parts:1'], floatType),
        graphNode('g', 'Tanh', ['parts:2'], floatType),
        graphNode('o', 'Sigmoid', ['parts:3'], floatType),
        graphNode('kept', 'Mul', ['f', 'cell'], floatType),
        graphNode('written', 'Mul', ['i', 'g'], floatType),
        graphNode('new_cell', 'AddV2', ['kept', 'written'], floatType),
        graphNode('squashed', 'Tanh', ['new_cell'], floatType),
        graphNode('new_state', 'Mul', ['o', 'squashed'], floatType),
        graphNode('larger', 'Maximum', ['best', 'new_state'], floatType),
        graphNode('within', 'Less', [time, 'lengths'], integerType),
        graphNode('state_after', 'SelectV2', ['within', 'new_state', 'state'], floatType),
        graphNode('cell_after', 'SelectV2', ['within', 'new_cell', 'cell'], floatType),
        graphNode('best_after', 'SelectV2', ['within', 'larger', 'best'], floatType),
      ],
      ret: {
        step_out: 'next:0',
        state_out: 'state_after:0',
        cell_out: 'cell_after:0',
        best_out: 'best_after:0',
        steps_out: 'steps',
        gates_out: 'gates',
        recurrent_out: 'recurrent',
        lengths_out: 'lengths',
      },
    },
  ];
}

/** Inputs and attributes of the StatelessWhile over those functions. */
export function loopNode(name: string, initial: Carried): { inputs: Value[]; attributes: Record<string, AttributeValue> } {
  return {
    inputs: carried.map(({ name }) => initial[name as keyof Carried]),
    attributes: { cond: { func: { name: `${name}_goes_on` } }, body: { func: { name: `${name}_step` } } },
  };
}
