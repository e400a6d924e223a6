/** A point or a direction of three dimensions: x to the right, y up, z towards the eye. */
export type Vector = readonly [number, number, number];

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function unit(a: Vector): Vector {
  const length = Math.sqrt(dot(a, a));
  return [a[0] / length, a[1] / length, a[2] / length];
}

const radians = Math.PI / 180;

/** The unit normal of a plane tilted by hand: azimuth from the z axis to the x axis, elevation above the floor, in degrees. */
export function normalOf([azimuth, elevation]: readonly [number, number]): Vector {
  const level = Math.cos(elevation * radians);
  return [level * Math.sin(azimuth * radians), Math.sin(elevation * radians), level * Math.cos(azimuth * radians)];
}

/** The tilt of a plane, from either of its two normals: azimuth from 0 to 180, elevation from -90 to 90 degrees. */
export function tiltOf(normal: Vector): [number, number] {
  const sign = normal[0] < 0 ? -1 : 1;
  const [x, y, z] = [Math.abs(normal[0]), sign * normal[1], sign * normal[2]];
  return [Math.atan2(x, z) / radians, Math.asin(Math.max(-1, Math.min(1, y))) / radians];
}

/** Two unit vectors that span the plane of a unit normal. */
export function spanOf(normal: Vector): [Vector, Vector] {
  const aside: Vector = Math.abs(normal[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0];
  const first = unit(cross(aside, normal));
  return [first, cross(normal, first)];
}

/** Share of the points' squared distance from the origin that is lost when they drop onto the plane of this unit normal. */
export function shareLost(points: readonly number[], normal: Vector): number {
  let total = 0;
  let lost = 0;
  for (let at = 0; at < points.length; at += 3) {
    const point: Vector = [points[at], points[at + 1], points[at + 2]];
    total += dot(point, point);
    lost += dot(point, normal) ** 2;
  }
  return total === 0 ? 0 : lost / total;
}

/** The direction at a share of the way from one to another, along the shorter arc (either normal of a plane will do). */
export function between(from: Vector, to: Vector, share: number): Vector {
  const sign = dot(from, to) < 0 ? -1 : 1;
  const angle = Math.acos(Math.min(1, Math.abs(dot(from, to))));
  if (angle < 1e-6) return to;
  const [a, b] = [Math.sin((1 - share) * angle), sign * Math.sin(share * angle)];
  return unit([a * from[0] + b * to[0], a * from[1] + b * to[1], a * from[2] + b * to[2]]);
}

/** Where the eye is: the cloud is turned about the upright axis, then tipped towards it. Radians. */
export interface Camera {
  yaw: number;
  pitch: number;
}

export function turned([x, y, z]: Vector, { yaw, pitch }: Camera): Vector {
  const right = x * Math.cos(yaw) + z * Math.sin(yaw);
  const deep = z * Math.cos(yaw) - x * Math.sin(yaw);
  return [right, y * Math.cos(pitch) - deep * Math.sin(pitch), y * Math.sin(pitch) + deep * Math.cos(pitch)];
}

/** The camera that looks straight along a direction. */
export function facing([x, y, z]: Vector): Camera {
  return { yaw: Math.atan2(-x, z), pitch: Math.atan2(y, Math.hypot(x, z)) };
}
