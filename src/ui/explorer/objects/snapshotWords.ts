import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { isExternal, type SnapshotModel } from '../../../libvirt/model/snapshot.ts';

/** `Nov 21, 2026, 14:05`, as people of the display language write it. */
export function timeText(time: Date): string {
  return new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    time,
  );
}

/** What is in a snapshot and where. */
export function snapshotContent(snapshot: SnapshotModel): string {
  const memory = snapshot.memory !== 'no';
  if (isExternal(snapshot)) return memory ? t('disks and memory, external') : t('disks only, external');
  return memory ? t('disks and memory, internal') : t('disks only, internal');
}

/** What the domain was when it was taken. */
export function snapshotState(state: string): string | undefined {
  switch (state) {
    case 'running':
      return t('running');
    case 'paused':
      return t('paused');
    case 'shutoff':
      return t('shut off');
    case 'disk-snapshot':
      return undefined;
    default:
      return state === '' ? undefined : state;
  }
}

export function snapshotTime({ createdAt }: SnapshotModel): string | undefined {
  return createdAt === undefined ? undefined : timeText(new Date(createdAt * 1000));
}
