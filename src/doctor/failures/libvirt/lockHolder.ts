import { t } from '../../../base/l10n.ts';

/** The operation that has a domain's lock. */
export interface Holder {
  /** libvirt waits for QEMU's monitor, or for the guest agent. */
  readonly kind: 'monitor' | 'agent';
  /** As libvirt calls it: `remoteDispatchDomainBlockCommit`. */
  readonly name: string;
  /** What it does. */
  readonly words: string;
}

/** Who holds the lock, as libvirt's complaint says: `(held by monitor=... agent=...)`; before 5.x without the kind. */
export function heldBy(line: string): readonly Holder[] {
  const inside = /held by ([^)]*)\)/.exec(line)?.[1] ?? '';
  const named = [...inside.matchAll(/(monitor|agent)=(\w+)/g)].map(
    ([, kind, name]) => [kind === 'agent' ? 'agent' : 'monitor', name ?? ''] as const,
  );
  const plain = /^\w+$/.exec(inside)?.[0];
  const all = plain === undefined ? named : [['monitor', plain] as const];
  return all.map(([kind, name]) => ({ kind, name, words: wordsFor(name) }));
}

/** By the beginning of the name without `remoteDispatchDomain`: the first that fits. */
const operations: readonly (readonly [prefix: string, words: () => string])[] = [
  ['Migrate', () => t('the domain migrates')],
  ['ManagedSave', () => t('its memory is saved (virsh managedsave)')],
  ['Save', () => t('its memory is saved (virsh save)')],
  ['Restore', () => t('its saved memory is restored')],
  ['CoreDump', () => t('its memory is dumped (virsh dump)')],
  ['SnapshotCreate', () => t('a snapshot is taken')],
  ['SnapshotDelete', () => t('a snapshot is deleted')],
  ['RevertToSnapshot', () => t('it goes back to a snapshot')],
  ['BlockCommit', () => t('images are merged (virsh blockcommit)')],
  ['BlockPull', () => t('images are merged (virsh blockpull)')],
  ['BlockRebase', () => t('images are merged or copied')],
  ['BlockCopy', () => t('a disk is copied (virsh blockcopy)')],
  ['BlockJob', () => t('a job on a disk is asked about or ended')],
  ['BlockResize', () => t('a disk is resized')],
  ['BlockStats', () => t('the numbers of a disk are read')],
  ['GetBlockInfo', () => t('the sizes of a disk are read; this hangs when its storage does')],
  ['MemoryStats', () => t('the numbers of its memory are read')],
  ['AttachDevice', () => t('a device is attached')],
  ['DetachDevice', () => t('a device is detached')],
  ['UpdateDevice', () => t('a device is changed')],
  ['FSFreeze', () => t('its file systems are frozen, for a snapshot or backup')],
  ['FSThaw', () => t('its file systems are thawed')],
  ['Shutdown', () => t('it is asked to shut down')],
  ['Reboot', () => t('it is asked to reboot')],
  ['Destroy', () => t('it is forced off, and its QEMU does not end: it waits for storage in the kernel')],
  ['Suspend', () => t('it is suspended')],
  ['Resume', () => t('it is resumed')],
  ['SetVcpus', () => t('its CPUs are changed')],
  ['SetMemory', () => t('its memory is changed')],
  ['Backup', () => t('a backup is begun')],
  ['InterfaceAddresses', () => t('its addresses are asked for')],
  ['GetFSInfo', () => t('its file systems are asked for')],
  ['GetHostname', () => t('its host name is asked for')],
  ['GetTime', () => t('its clock is asked for')],
  ['SetTime', () => t('its clock is set')],
  ['QemuMonitorCommand', () => t('a command is sent to QEMU (virsh qemu-monitor-command)')],
  ['QemuAgentCommand', () => t('a command is sent to the guest agent')],
];

function wordsFor(name: string): string {
  const bare = name.replace(/^(?:remote|qemu)Dispatch(?:Connect)?(?:Domain|Qemu)?/, '');
  const found = operations.find(([prefix]) => bare.startsWith(prefix) || name.includes(prefix));
  if (found) return found[1]();
  if (name.includes('GetAllDomainStats')) return t('a program reads the numbers of all domains');
  if (/ProcessEvent|processWatchdog|process/.test(name))
    return t('libvirt itself deals with an event of QEMU');
  return t('an operation of another client');
}
