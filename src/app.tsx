import { MantineProvider } from '@mantine/core';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { theme } from './ui/theme';
import type { Session } from './views/session';
import { SessionContext } from './views/session-context';
import { Shell } from './views/shell/shell';

/** Routes live behind the hash: the built page works at any path of any static host. */
export function App({ session }: { session: Session }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <SessionContext value={session}>
        <Router hook={useHashLocation}>
          <Shell />
        </Router>
      </SessionContext>
    </MantineProvider>
  );
}
