import '@mantine/core/styles.css';
import './ui/global.css';
import './ui/motion.css';
import './ui/print.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { connectToWorker } from './client/client';
import type { BackendChoice } from './protocol/device';
import type { Lab } from './protocol/lab';
import { splitHash, takeLink } from './views/link/address';
import { watchForUpdates } from './views/offline/register';
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

// A link may name data at an address: the visitor is asked for its host before anything is fetched.
const linked = (['embeddings', 'data'] as const).flatMap((name) => {
  const address = query.get(name);
  return address === null ? [] : [{ name, address }];
});
if (linked.length > 0) {
  // Once asked, not again at a reload, which finds what is kept.
  const url = new URL(location.href);
  for (const { name } of linked) url.searchParams.delete(name);
  history.replaceState(null, '', `${url.pathname}${url.search}#/data`);
}

// Before the rooms see the address.
const link = takeLink();
const session = createSession(await connect());
// A link that is pasted into the open page comes as a change of the hash: taken out of it before the router looks.
window.addEventListener('hashchange', () => {
  const pasted = splitHash(location.hash).text === null ? null : takeLink();
  if (pasted !== null) void session.openLink(pasted);
});
if (link !== null) void session.openLink(link);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
void session.boot(backendChoice()).then(() => {
  for (const { name, address } of linked) session.ask(name === 'data' ? 'dataset' : 'embeddings', address);
  // After the first load: what is kept for the next visit does not delay this one.
  if (import.meta.env.PROD) void watchForUpdates();
});
