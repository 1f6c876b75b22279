import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { ExecResult, Transport } from '../../transport/transport.ts';

/** A disk, a partition or another block device of a host. */
export interface BlockDevice {
  /** `/dev/sdb`. After a restart of the host it may be another disk. */
  readonly path: string;
  /** What its links lead to: of `/dev/mapper/vg-lv` `/dev/dm-3`. */
  readonly kernelPath: string;
  /** The name that stays with the disk, `/dev/disk/by-id/...`; the path where it has none. */
  readonly stablePath: string;
  /** lsblk's word: disk, part, lvm, loop ... */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly model: string | undefined;
  /** `ext4`, `LVM2_member` ...; undefined when there is none that the host knows. */
  readonly fileSystem: string | undefined;
  /** `gpt`, `dos`; undefined when there is none. */
  readonly partitionTable: string | undefined;
  /** Partitions, volumes and the like that are made of it. */
  readonly parts: readonly string[];
  /** Where it, or a part of it, is mounted; also swap. */
  readonly mountedAt: string | undefined;
  readonly readOnly: boolean;
}

/** lsblk could not be asked. */
export class BlockDevicesProblem extends Problem {
  readonly code = 'no-lsblk';
}

const columns = 'NAME,KNAME,TYPE,SIZE,MODEL,FSTYPE,PTTYPE,MOUNTPOINT,RO';
const timeoutMs = 15_000;
/** Names for disks, the best first. */
const identities = [/^wwn-/, /^nvme-(?:eui|uuid|nvme)\./, /^scsi-3/, /^virtio-/, /^dm-uuid-/, /./];

/** All block devices of the host but those that are empty: drives without a medium, unused loops. */
export async function listBlockDevices(
  transport: Transport,
  options?: WaitOptions,
): Promise<readonly BlockDevice[]> {
  const wait = { timeoutMs, ...options };
  const [listed, links] = await Promise.all([
    transport.exec(['lsblk', '--json', '--bytes', '--paths', '--output', columns], wait),
    transport.exec(['find', '/dev/disk/by-id', '-type', 'l', '-printf', '%f\\t%l\\n'], wait),
  ]);
  if (listed.exitCode !== 0) throw problemOf(listed, transport.label);
  return readBlockDevices(listed.stdout.toString(), links.stdout.toString());
}

/** Those that the paths lead to, by whichever name. */
export async function findBlockDevices(
  transport: Transport,
  paths: readonly string[],
  options?: WaitOptions,
): Promise<readonly BlockDevice[]> {
  const [all, resolved] = await Promise.all([
    listBlockDevices(transport, options),
    transport.exec(['readlink', '-z', '-f', '--', ...paths], { timeoutMs, ...options }),
  ]);
  const names = new Set([...paths, ...resolved.stdout.toString().split('\0')]);
  return all.filter(({ path, kernelPath, stablePath }) =>
    [path, kernelPath, stablePath].some((name) => names.has(name)),
  );
}

function problemOf({ exitCode, stderr }: ExecResult, host: string): BlockDevicesProblem {
  const why = exitCode === 127 ? t('lsblk is not installed') : stderr.trim();
  return new BlockDevicesProblem(t('The block devices of {0} cannot be listed: {1}.', host, why), {
    raw: stderr,
  });
}

interface DeviceJson {
  readonly name: string;
  readonly kname: string;
  readonly type: string;
  /** Older ones write numbers and booleans as text. */
  readonly size: number | string | null;
  readonly model: string | null;
  readonly fstype: string | null;
  readonly pttype?: string | null;
  readonly mountpoint: string | null;
  readonly ro: boolean | string;
  readonly children?: readonly DeviceJson[];
}

/** @param listed lsblk's JSON @param links the names in /dev/disk/by-id, a tab, and where they lead; a line each */
export function readBlockDevices(listed: string, links: string): readonly BlockDevice[] {
  const stable = stableNames(links);
  const { blockdevices } = JSON.parse(listed) as { readonly blockdevices: readonly DeviceJson[] };
  const devices = blockdevices.flatMap(withParts).map((device): BlockDevice => {
    const parts = (device.children ?? []).flatMap(withParts);
    return {
      path: device.name,
      kernelPath: device.kname,
      stablePath: stable.get(device.kname) ?? device.name,
      type: device.type,
      size: Number(device.size ?? 0),
      model: text(device.model),
      fileSystem: text(device.fstype),
      partitionTable: text(device.pttype),
      parts: parts.map(({ name }) => name),
      mountedAt: [device, ...parts].map(({ mountpoint }) => text(mountpoint)).find(Boolean),
      readOnly: device.ro === true || device.ro === '1',
    };
  });
  return [...new Map(devices.map((device) => [device.path, device])).values()].filter(({ size }) => size > 0);
}

function withParts(device: DeviceJson): readonly DeviceJson[] {
  return [device, ...(device.children ?? []).flatMap(withParts)];
}

function text(value: string | null | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function stableNames(links: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const rank = (name: string): number => identities.findIndex((pattern) => pattern.test(name));
  for (const line of links.split('\n')) {
    const [name, target] = line.split('\t');
    if (name === undefined || target === undefined) continue;
    const path = `/dev/${target.replace(/^(?:\.\.\/)+/, '')}`;
    const known = names.get(path);
    if (known === undefined || rank(name) < rank(known)) names.set(path, name);
  }
  return new Map([...names].map(([path, name]) => [path, `/dev/disk/by-id/${name}`]));
}
