/**
 * Formulas over the elements of rows, compiled to a loop that takes four elements at a time by 128-bit SIMD, and the one to three that are left over
 * one by one in the first lane of the same instructions: an element's bits do not depend on where in a row it stands.
 */
import {
  advance,
  assemble,
  atLeastUnsigned,
  type Code,
  constant as constantInteger,
  f32,
  floatConstant,
  get,
  i32,
  integers,
  load,
  loadLane,
  loopWhile,
  multiplyAdd as multiplyAddLanes,
  set,
  simd,
  splatFloat,
  splatInteger,
  store,
  storeLane,
  subtract,
  type Target,
  tee,
  v128,
  when,
} from './assembler';

/** Four lanes of float32 or of 32-bit integers, as the operation wants them. Used twice, it is computed once. */
export type Expression =
  /** The element of a row. */
  | { readonly kind: 'element'; readonly stream: number }
  /** A parameter of the function, the same for all elements. */
  | { readonly kind: 'scalar'; readonly index: number }
  | { readonly kind: 'constant'; readonly type: 'float' | 'integer'; readonly value: number }
  /** Number of the element, from what the function was given as the first one. */
  | { readonly kind: 'number' }
  | { readonly kind: 'operation'; readonly code: Code; readonly operands: readonly Expression[] }
  /** Of the three operands a, b and c: a b + c. */
  | { readonly kind: 'multiply-add'; readonly operands: readonly [Expression, Expression, Expression] };

/** What a turn of the loop has to work for. */
type Computed = Exclude<Expression, { kind: 'scalar' | 'constant' | 'number' }>;

type Operand = Expression | number;
export const constant = (value: number): Expression => ({ kind: 'constant', type: 'float', value });
const operand = (value: Operand): Expression => (typeof value === 'number' ? constant(value) : value);
const operation =
  (code: number, ...more: number[]) =>
  (...operands: Operand[]): Expression => ({ kind: 'operation', code: [...simd(code), ...more], operands: operands.map(operand) });

/** a b + c, with one rounding where the runtime can. */
export const multiplyAdd = (a: Operand, b: Operand, c: Operand): Expression => ({
  kind: 'multiply-add',
  operands: [operand(a), operand(b), operand(c)],
});
export const integer = (value: number): Expression => ({ kind: 'constant', type: 'integer', value });
export const plus = operation(0xe4);
export const minus = operation(0xe5);
export const times = operation(0xe6);
export const over = operation(0xe7);
export const root = operation(0xe3);
export const absolute = operation(0xe0);
export const negative = operation(0xe1);
/** The smaller, the larger of two. */
export const smaller = operation(0xe8);
export const larger = operation(0xe9);
/** To the next integer, ties to the even one. */
export const nearest = operation(0x6a);
export const toInteger = operation(0xf8);
export const plusInteger = operation(0xae);
export const timesInteger = operation(0xb5);
export const exclusiveOr = operation(0x51);
/** Comparisons: all bits of a lane where it holds, none where not. */
export const isLarger = operation(0x44);
export const isEqualInteger = operation(0x37);
export const isLessUnsigned = operation(0x3a);
/** The first value's bits where the third's are 1, the second's elsewhere. */
export const choose = operation(0x52);
/** The first value, but 0 where the second's bits are 0. */
export const where = operation(0x4e);
/** The first value, but 0 where the second's bits are 1. */
export const unless = operation(0x4f);

/** Shifts integers by so many bits, without a sign. */
export const shiftedLeft = (value: Expression, bits: number): Expression => shifted(0xab, value, bits);
export const shiftedRight = (value: Expression, bits: number): Expression => shifted(0xad, value, bits);
const shifted = (code: number, value: Expression, bits: number): Expression => ({
  kind: 'operation',
  code: [...constantInteger(bits), ...simd(code)],
  operands: [value],
});

export interface Formula {
  /** Rows that are read or written, by the number of their address among the parameters. */
  streams: number;
  /** Types of the scalar parameters. */
  scalars: readonly ('float' | 'integer')[];
  /** What becomes of rows, from all of them as they were. */
  write(streams: readonly Expression[], scalars: readonly Expression[]): readonly { stream: number; value: Expression }[];
}

/**
 * The module of `main(length, first, ...scalars, ...addresses of the streams)`: element e of each row written becomes the formula of the elements e of
 * the rows read. Rows are the same or don't overlap.
 */
export function formulaModule({ streams, scalars, write }: Formula, target: Target): Uint8Array<ArrayBuffer> {
  const types = [i32, i32, ...scalars.map((type) => (type === 'float' ? f32 : i32)), ...new Array<number>(streams).fill(i32)];
  return assemble(types, ([length, first, ...rest], local) => {
    const addresses = rest.slice(scalars.length);
    const written = write(
      addresses.map((_, stream) => ({ kind: 'element', stream })),
      scalars.map((_, index) => ({ kind: 'scalar', index })),
    );
    const hoisted: number[] = [];
    const constants = new Map<string, number>();
    /** A value that is the same in each turn: made before the loop. */
    const outside = (key: string, code: () => Code): number => {
      let held = constants.get(key);
      if (held === undefined) {
        held = local(v128);
        constants.set(key, held);
        hoisted.push(...code(), ...set(held));
      }
      return held;
    };
    const uses = countUses(written.map(({ value }) => value));
    const addNumbers = simd(0xae);
    const numbers = [...uses.keys()].some(({ kind }) => kind === 'number')
      ? outside('number', () => [...get(first), ...splatInteger, ...integers(0, 1, 2, 3), ...addNumbers])
      : null;

    const turn = (loadRow: Code, storeRow: Code): Code => {
      const known = new Map<Expression, number>();
      const computed = (expression: Computed): Code => {
        if (expression.kind === 'element') return [...get(addresses[expression.stream]), ...loadRow];
        if (expression.kind === 'operation') return [...expression.operands.flatMap(evaluate), ...expression.code];
        const [a, b, c] = expression.operands.map(evaluate);
        return multiplyAddLanes(target, 'f32', a, b, c);
      };
      const evaluate = (expression: Expression): Code => {
        const held = known.get(expression);
        if (held !== undefined) return get(held);
        if (expression.kind === 'number') return get(numbers as number);
        if (expression.kind === 'constant') {
          const { type, value } = expression;
          return get(
            outside(`${type} ${value}`, () =>
              type === 'float' ? [...floatConstant(value), ...splatFloat] : [...constantInteger(value), ...splatInteger],
            ),
          );
        }
        if (expression.kind === 'scalar') {
          const { index } = expression;
          return get(outside(`scalar ${index}`, () => [...get(rest[index]), ...(scalars[index] === 'float' ? splatFloat : splatInteger)]));
        }
        const code = computed(expression);
        if ((uses.get(expression) ?? 0) < 2) return code;
        const place = local(v128);
        known.set(expression, place);
        return [...code, ...tee(place)];
      };
      const results = written.map(({ stream, value }) => ({ stream, code: evaluate(value), place: local(v128) }));
      return [
        ...results.flatMap(({ code, place }) => [...code, ...set(place)]),
        ...results.flatMap(({ stream, place }) => [...get(addresses[stream]), ...get(place), ...storeRow]),
      ];
    };
    const on = (elements: number): Code => [
      ...addresses.flatMap((address) => advance(address, constantInteger(4 * elements))),
      ...(numbers === null ? [] : [...get(numbers), ...constantInteger(elements), ...splatInteger, ...addNumbers, ...set(numbers)]),
      ...[...get(length), ...constantInteger(elements), ...subtract, ...tee(length)],
    ];
    const fours: Code = [...turn(load(), store()), ...on(4), ...constantInteger(4), ...atLeastUnsigned];
    const ones: Code = [...turn(loadLane, storeLane), ...on(1)];
    return [
      ...hoisted,
      ...when([...get(length), ...constantInteger(4), ...atLeastUnsigned], loopWhile(fours)),
      ...when(get(length), loopWhile(ones)),
    ];
  });
}

function countUses(results: readonly Expression[]): Map<Expression, number> {
  const uses = new Map<Expression, number>();
  const visit = (expression: Expression): void => {
    const before = uses.get(expression) ?? 0;
    uses.set(expression, before + 1);
    if (before === 0 && 'operands' in expression) expression.operands.forEach(visit);
  };
  results.forEach(visit);
  return uses;
}
