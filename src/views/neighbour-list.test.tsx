// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { NeighbourList } from './neighbour-list';

afterEach(cleanup);

it('writes cosines below zero with a real minus', () => {
  render(<NeighbourList neighbours={[{ word: 'far', cosine: -0.1234 }]} same={new Set()} />);
  expect(screen.getByText('−0.12')).toBeTruthy();
  expect(screen.getByTitle('cosine −0.123')).toBeTruthy();
});
