import { MantineProvider } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { forgetfulMemory, type LastUsedMemory } from '../../client/last-used';
import { FakeLab } from '../../client/testing/fake-lab';
import type { Lab } from '../../protocol/lab';
import { useLabStore } from '../../store/store';
import { theme } from '../../ui/theme';
import { createSession, type Session } from '../session';
import { SessionContext } from '../session-context';
import { Shell } from '../shell/shell';

const sessions: Session[] = [];

/** The whole page over a fake lab, in a room. */
export function renderLab(path = '/train', lab: Lab = new FakeLab(0), memory: LastUsedMemory = forgetfulMemory()) {
  const session = createSession(lab, memory);
  sessions.push(session);
  const { hook } = memoryLocation({ path });
  render(
    <MantineProvider theme={theme} env="test">
      <SessionContext value={session}>
        <Router hook={hook}>
          <Shell />
        </Router>
      </SessionContext>
    </MantineProvider>,
  );
  return { session, lab };
}

export function tearDown(): void {
  cleanup();
  for (const session of sessions.splice(0)) session.dispose();
  useLabStore.setState(useLabStore.getInitialState(), true);
}
