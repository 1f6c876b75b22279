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
    icon: new vscode.ThemeIcon('server'),
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

/** Those that a pool may be made of, the empty ones first: none that the host itself has mounted, and none without writing. */
export function usableDevices(devices: readonly BlockDevice[]): readonly BlockDevice[] {
  return devices
    .filter(({ readOnly, type, mountedAt }) => !readOnly && type !== 'rom' && mountedAt === undefined)
    .sort((a, b) => Number(isEmptyDevice(b)) - Number(isEmptyDevice(a)));
}

/** Why a typed device cannot be taken. */
export function refuseDevice(text: string, devices: readonly BlockDevice[]): string | undefined {
  if (!/^\/dev\/[^\s]+$/.test(text)) return t('Give a device such as /dev/sdb.');
  const known = devices.find(({ path, stablePath }) => path === text || stablePath === text);
  return known?.mountedAt === undefined ? undefined : contentOf(known);
}

/** What is lost when these devices are overwritten, a line each; undefined when they hold nothing. */
export function contentLost(devices: readonly BlockDevice[], host: string): string | undefined {
  const lines = devices
    .filter((device) => !isEmptyDevice(device))
    .map((device) =>
      t('{0} on {1} ({2}): {3}', device.path, host, formatBytes(device.size), contentOf(device)),
    );
  return lines.length === 0 ? undefined : lines.join('\n');
}
