// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeTurn, useInTurn } from './turns';

let hour = 0;

beforeEach(() => {
  vi.useFakeTimers();
  // Turns of the test before are long over.
  vi.setSystemTime(++hour * 3_600_000);
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now());
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const now = () => performance.now();

describe('a turn', () => {
  it('is at once where no other is near, and 40 ms after one that is', () => {
    const start = now();
    expect(takeTurn(start)).toBe(start);
    expect(takeTurn(start)).toBe(start + 40);
    expect(takeTurn(start)).toBe(start + 80);
  });

  it('that is taken far ahead keeps nobody waiting before it', () => {
    const start = now();
    expect(takeTurn(start + 250)).toBe(start + 250);
    expect(takeTurn(start)).toBe(start);
    expect(takeTurn(start + 220)).toBe(start + 290);
  });
});

describe('a figure', () => {
  const Shown = ({ name }: { name: string }) => <p>{name}</p>;
  const load = async () => Shown;
  const broken = () => Promise.reject(new Error('The code is gone.'));
  function Figure({ name, from = load }: { name: string; from?: () => Promise<typeof Shown> }) {
    const Drawn = useInTurn<{ name: string }>(from);
    return Drawn ? <Drawn name={name} /> : <p>waits</p>;
  }
  const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

  it('is drawn when its code is there, the second 40 ms after the first', async () => {
    render(
      <>
        <Figure name="first" />
        <Figure name="second" />
      </>,
    );
    expect(screen.getAllByText('waits')).toHaveLength(2);
    await pass(1);
    expect(screen.getByText('first')).toBeTruthy();
    expect(screen.queryByText('second')).toBeNull();
    await pass(40);
    expect(screen.getByText('second')).toBeTruthy();
  });

  it('that is gone before its turn is not drawn, and leaves no timer', async () => {
    const { unmount } = render(<Figure name="first" />);
    await act(() => Promise.resolve());
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('whose code can’t be loaded fails as drawing does', async () => {
    class Boundary extends Component<{ children: ReactNode }, { message: string | null }> {
      override state = { message: null };
      static getDerivedStateFromError = (error: Error) => ({ message: error.message });
      override render = () => this.state.message ?? this.props.children;
    }
    // React tells of what a boundary caught.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    render(
      <Boundary>
        <Figure name="first" from={broken} />
      </Boundary>,
    );
    await pass(1);
    expect(screen.getByText('The code is gone.')).toBeTruthy();
  });
});
