import { Button, Modal } from '@mantine/core';
import type { AskedAddress, SourceKind } from '../../store/store';
import { useLabStore } from '../../store/store';
import { WarningNotice } from '../../ui/widgets';
import { useSession } from '../session-context';
import { hostOf } from './address';
import classes from './confirm-host.module.css';

const what: Record<SourceKind, string> = { embeddings: 'Word vectors', dataset: 'Labelled sentences' };

/** Names the host that an address belongs to, and asks; host by host. */
export function ConfirmHost() {
  const asked = useLabStore((state) => state.data.asked);
  const settled = useLabStore((state) => state.data.report !== null && state.data.loading === null);
  // What the page opens with is loaded first: a link adds to it.
  if (!settled || asked.length === 0) return null;
  const host = hostOf(asked[0].address);
  return <Question key={host} host={host} asked={asked.filter(({ address }) => hostOf(address) === host)} />;
}

function Question({ host, asked }: { host: string; asked: AskedAddress[] }) {
  const session = useSession();
  const refuse = () => session.answer(asked, false);
  const open = asked.some(({ address }) => address.startsWith('http:'));
  return (
    <Modal
      opened
      centered
      onClose={refuse}
      title={`Fetch from ${host}?`}
      closeButtonProps={{ 'aria-label': 'Close, and fetch nothing' }}
      transitionProps={{ duration: 0 }}
      classNames={{ header: classes.header, title: classes.title, content: classes.content }}
    >
      <div className={classes.stack}>
        <p>
          The lab fetches nothing from elsewhere by itself. With your consent this tab asks <b className={classes.host}>{host}</b> for:
        </p>
        <ul className={classes.addresses}>
          {asked.map(({ kind, address }) => (
            <li key={`${kind} ${address}`}>
              <span>{what[kind]}</span>
              <code>{address}</code>
            </li>
          ))}
        </ul>
        <p className={classes.aside}>
          What comes goes straight into this tab, is read here and is sent nowhere. The host learns what every host that you visit learns:
          your network address, and what was asked for.
        </p>
        {open && <WarningNotice>This connection is not encrypted: others on the way can read and change what comes.</WarningNotice>}
        <div className={classes.buttons}>
          <Button variant="default" data-autofocus onClick={refuse}>
            Fetch nothing
          </Button>
          <Button onClick={() => session.answer(asked, true)}>Fetch from {host}</Button>
        </div>
      </div>
    </Modal>
  );
}
