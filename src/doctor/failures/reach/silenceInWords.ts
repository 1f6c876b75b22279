import { t } from '../../../base/l10n.ts';
import type { MonitorState } from './monitorStates.ts';
import { monitorsInWords, type RbdLogin } from './rbdLogins.ts';

/** What kind of silence it is; `not-tried`: nobody logged in, but no monitor says a word. */
export type SilenceKind = 'silent' | 'stalled' | 'name-unknown' | 'not-tried';

export function titleOfSilence(kind: SilenceKind, host: string, { hosts, place }: RbdLogin): string {
  const monitors = hosts.length === 0 ? '/etc/ceph/ceph.conf' : monitorsInWords(hosts);
  switch (kind) {
    case 'stalled':
      return t('The data of the Ceph pool {0} does not answer {1}.', place.pool, host);
    case 'name-unknown':
      return t('{0} does not know the names of the monitors of Ceph ({1}).', host, monitors);
    case 'silent':
    case 'not-tried':
      return t('No monitor of Ceph answers {0} ({1}).', host, monitors);
  }
}

/** What the silence comes from, as far as it is seen from the host. */
export function whyItIsSilent(kind: SilenceKind, monitors: readonly MonitorState[]): string {
  if (kind === 'stalled')
    return t(
      'The monitors let the host in, but the OSDs that hold the data did not answer: some are down, hang, or are not reached over the network.',
    );
  if (kind === 'name-unknown')
    return t(
      'A name that the definition gives for a monitor is in no DNS and no /etc/hosts of the host. Use addresses.',
    );
  const has = (wanted: MonitorState['kind']): boolean => monitors.some((one) => one.kind === wanted);
  if (has('answers'))
    return t(
      'A monitor says who it is, but lets nobody in: most likely more than half of the monitors are down or do not reach each other, and without a majority none of them serves.',
    );
  if (has('mute'))
    return t(
      'A monitor takes connections and says nothing: its process hangs, waits for its disk, or is stopped. It has to be looked at on its machine.',
    );
  if (has('refused'))
    return t(
      'The machine is there, but no monitor listens at these addresses: it does not run, or the addresses are not those of the monitors any more.',
    );
  if (has('unreachable'))
    return t(
      'Nothing answers at the addresses of the monitors: their machines are off, the network between is cut, or a firewall drops it.',
    );
  return t(
    'From here it cannot be seen whether the monitors run: look on their machines, and at the network between.',
  );
}

/** What one should know while it lasts. */
export function adviceNow(kind: SilenceKind): readonly string[] {
  if (kind === 'name-unknown') return [];
  return [
    t(
      'Running domains go on until they read or write on Ceph; they wait then, and go on by themselves when it answers. Do not force them off: what they are about to write would be lost.',
    ),
    t(
      'Do not start or refresh storage pools now: libvirt waits 30 s for each, whoever lists pools waits with it, and a pool that cannot be refreshed is deactivated.',
    ),
  ];
}
