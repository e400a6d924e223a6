import '@mantine/core/styles.css';
import './ui/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { connectToWorker } from './client/client';
import type { BackendChoice } from './protocol/device';
import type { Lab } from './protocol/lab';
import { createSession } from './views/session';

const query = new URLSearchParams(location.search);

async function connect(): Promise<Lab> {
  // `?fake` replays an experiment without an engine, to work on the screens; it is no part of a build.
  if (import.meta.env.DEV && query.has('fake')) {
    const { FakeLab } = await import('./client/testing/fake-lab');
    return new FakeLab(Number(query.get('fake')) || 60);
  }
  return connectToWorker();
}

function backendChoice(): BackendChoice {
  const asked = query.get('backend');
  return asked === 'webgpu' || asked === 'cpu' ? asked : 'auto';
}

const session = createSession(await connect());
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
void session.boot(backendChoice());
