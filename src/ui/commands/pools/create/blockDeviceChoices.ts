import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import { formatBytes } from '../../../../base/sizes.ts';
import type { BlockDevice } from '../../../../operations/pools/blockDevices.ts';
import type { Choice } from '../../../prompts/askPick.ts';

/** A device as an entry of a list; its value is the name that stays with the disk. */
export function deviceChoice(device: BlockDevice): Choice<string> {
  const { path, stablePath, size, model } = device;
  return {
    label: path,
    description: [formatBytes(size), model].filter(Boolean).join(' · '),
    detail: [contentOf(device), stablePath === path ? undefined : stablePath].filter(Boolean).join(' · '),
    value: stablePath,
    icon: new vscode.ThemeIcon(device.mountedAt === undefined ? 'server' : 'warning'),
  };
}

/** What is on it, in words. */
export function contentOf({ mountedAt, parts, partitionTable, fileSystem }: BlockDevice): string {
  if (mountedAt !== undefined) return t('in use: mounted at {0}', mountedAt);
  if (parts.length > 0) return t('holds {0}', parts.join(', '));
  if (fileSystem !== undefined) return t('holds {0}', fileSystem);
  return partitionTable === undefined ? t('empty') : t('an empty partition table ({0})', partitionTable);
}

export function isEmptyDevice({ parts, partitionTable, fileSystem }: BlockDevice): boolean {
  return parts.length === 0 && partitionTable === undefined && fileSystem === undefined;
}

/** Those that the host does not use, the empty ones first; read-only ones are left out. */
export function usableFirst(devices: readonly BlockDevice[]): readonly BlockDevice[] {
  const rank = (device: BlockDevice): number =>
    device.mountedAt !== undefined ? 2 : isEmptyDevice(device) ? 0 : 1;
  return devices.filter(({ readOnly }) => !readOnly).sort((a, b) => rank(a) - rank(b));
}

export function refuseDevice(text: string): string | undefined {
  return /^\/dev\/[^\s]+$/.test(text) ? undefined : t('Give a device such as /dev/sdb.');
}

/** What is lost when these devices are overwritten; undefined when they hold nothing. */
export function contentLost(
  paths: readonly string[],
  devices: readonly BlockDevice[],
  host: string,
): string | undefined {
  const full = devices.filter(({ path, stablePath }) => paths.includes(stablePath) || paths.includes(path));
  const lines = full
    .filter((device) => !isEmptyDevice(device) || device.mountedAt !== undefined)
    .map((device) =>
      t('{0} on {1} ({2}): {3}', device.path, host, formatBytes(device.size), contentOf(device)),
    );
  return lines.length === 0 ? undefined : lines.join('\n');
}
