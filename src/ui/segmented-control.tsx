import { SegmentedControl as MantineSegmentedControl, type SegmentedControlProps } from '@mantine/core';

/**
 * Mantine's, whose radio buttons have the same name whenever it is mounted: Chromium keeps every name that a document's radio buttons ever had, with
 * some hundred bytes, and Mantine would make up a new one each time. No two that are named alike by `aria-label` or `aria-labelledby` may be shown at once.
 */
export function SegmentedControl(props: SegmentedControlProps) {
  const label = props['aria-label'] ?? props['aria-labelledby'];
  return <MantineSegmentedControl name={label?.toLowerCase().replace(/\W+/g, '-')} {...props} />;
}
