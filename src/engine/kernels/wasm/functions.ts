/** Functions of formulas, after Moshier's Cephes library (https://www.netlib.org/cephes/): errors of about one last bit. */
import {
  absolute,
  choose,
  constant,
  type Expression,
  integer,
  isLarger,
  larger,
  multiplyAdd,
  nearest,
  over,
  plus,
  plusInteger,
  shiftedLeft,
  smaller,
  times,
  toInteger,
} from './expression';

/** The polynomial with these coefficients, that of the highest power first. */
const polynomial = (x: Expression, [first, ...rest]: readonly number[]): Expression =>
  rest.reduce<Expression>((value, coefficient) => multiplyAdd(value, x, coefficient), constant(first));

/** e^x; beyond what float32 holds of it, its largest or smallest normal numbers. */
export function exponential(value: Expression): Expression {
  const x = larger(smaller(value, 87), -87);
  const n = nearest(times(x, Math.LOG2E));
  // ln 2 in two parts, the first of which times n is exact.
  const rest = multiplyAdd(n, 2.1219444e-4, multiplyAdd(n, -0.693359375, x));
  const tail = polynomial(rest, [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1]);
  const power = shiftedLeft(plusInteger(toInteger(n), integer(127)), 23);
  return times(plus(multiplyAdd(tail, times(rest, rest), rest), 1), power);
}

/** 1 / (1 + e^-x). */
export const logistic = (x: Expression): Expression => over(1, plus(1, exponential(times(x, -1))));

/** tanh x: near zero a polynomial, since the quotient would leave the last bits only. */
export function hyperbolicTangent(x: Expression): Expression {
  const square = times(x, x);
  const near = polynomial(square, [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1]);
  const far = multiplyAdd(2, logistic(times(2, x)), -1);
  return choose(far, multiplyAdd(times(near, square), x, x), isLarger(absolute(x), 0.625));
}
