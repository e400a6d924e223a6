// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useLabStore, write } from '../../store/store';
import { UpdateNotice } from './update-notice';
import { useUpdates } from './updates';

afterEach(() => {
  cleanup();
  useUpdates.setState({ reload: null });
  useLabStore.setState(useLabStore.getInitialState(), true);
});

it('says that a new version waits, warns while a run goes on, and reloads only when it is told to', () => {
  const reload = vi.fn();
  render(
    <MantineProvider env="test">
      <UpdateNotice />
    </MantineProvider>,
  );
  expect(screen.queryByRole('status')).toBeNull();
  act(() => useUpdates.setState({ reload }));
  expect(screen.getByText('A new version is here.')).toBeTruthy();
  act(() => write.runStatus('running'));
  expect(screen.getByText(/A reload would end the run/)).toBeTruthy();
  expect(reload).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Reload' }));
  expect(reload).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole('button', { name: 'Later' }));
  expect(screen.queryByRole('status')).toBeNull();
});
