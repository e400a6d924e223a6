export interface LabelBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Which labels can be written without one lying on another: the earlier has the place. Null for those that are off in any case. */
export function placeLabels(boxes: readonly (LabelBox | null)[]): boolean[] {
  const placed: LabelBox[] = [];
  return boxes.map((box) => {
    if (!box || placed.some((other) => overlaps(box, other))) return false;
    placed.push(box);
    return true;
  });
}

function overlaps(a: LabelBox, b: LabelBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
