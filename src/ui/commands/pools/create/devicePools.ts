import { t } from '../../../../base/l10n.ts';
import { PoolBuild } from '../../../../libvirt/protocol/storagePool.ts';
import type { BlockDevice } from '../../../../operations/pools/blockDevices.ts';
import type { OfferedType } from '../../../../operations/pools/offeredTypes.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { askFolder, askPoolName, folderBuild, imagesFolder } from './askPool.ts';
import { contentLost, deviceChoice, refuseDevice, usableDevices } from './blockDeviceChoices.ts';
import type { BuildPlan, PoolPlan } from './poolPlan.ts';
import type { PoolSite } from './poolSite.ts';

export async function askFsPool(ask: Ask, site: PoolSite, offered: OfferedType): Promise<PoolPlan> {
  const path = await askDevice(
    ask,
    site,
    t('Which partition or disk?'),
    (device) => device.parts.length === 0,
  );
  const device = await deviceOf(site, path);
  const found = device?.fileSystem;
  const format = await ask.pick({
    placeholder:
      found === undefined ? t('Which file system shall it have?') : t('Which file system does it have?'),
    choices: orderedFirst(site.formats(offered, ['auto', 'ext4', 'xfs', 'vfat']), [found, 'ext4', 'xfs']).map(
      (one) => ({
        label: one,
        description: one === found ? t('found on it') : one === 'auto' ? t('whatever is on it') : undefined,
        value: one,
      }),
    ),
  });
  const name = await askPoolName(ask, site, 'disk-images');
  const targetPath = await askFolder(
    ask,
    `${imagesFolder}/${name}`,
    t('Folder on {0} where it is mounted', site.name),
  );
  const pool = { type: 'fs', name, devices: [path], format, targetPath } as const;
  if (format === 'auto' || found === format) return { pool, build: folderBuild(targetPath) };
  const formatting = await overwriting(site, [path], {
    label: t('Make the folder and format {0} as {1}', device?.path ?? path, format),
    picked: found === undefined,
  });
  return { pool, build: formatting };
}

export async function askDiskPool(ask: Ask, site: PoolSite, offered: OfferedType): Promise<PoolPlan> {
  const path = await askDevice(ask, site, t('Which disk? All of it becomes the pool.'), ({ type }) =>
    ['disk', 'loop', 'mpath', 'raid1'].includes(type),
  );
  const device = await deviceOf(site, path);
  const found = device?.partitionTable;
  const formats = site.formats(offered, ['gpt', 'dos']).filter((one) => one !== 'unknown' && one !== 'lvm2');
  const format = await ask.pick({
    placeholder:
      found === undefined
        ? t('Which partition table shall it have?')
        : t('Which partition table does it have?'),
    choices: orderedFirst(formats, [found, 'gpt', 'dos']).map((one) => ({
      label: one === 'dos' ? 'dos (MBR)' : one,
      description: one === found ? t('found on it') : undefined,
      value: one,
    })),
  });
  const name = await askPoolName(ask, site, (device?.path ?? path).slice('/dev/'.length));
  const pool = { type: 'disk', name, devices: [path], format, targetPath: '/dev' } as const;
  if (found === format) return { pool };
  const label = t('Write a new {0} partition table to {1}', format, device?.path ?? path);
  return { pool, build: await overwriting(site, [path], { label, picked: found === undefined }) };
}

export async function askLogicalPool(ask: Ask, site: PoolSite): Promise<PoolPlan> {
  const group = await askGroup(ask, site, {
    type: 'logical',
    placeholder: t('Which volume group? Choose, or type its name.'),
    make: t('Make a new volume group of block devices…'),
    namePrompt: t('Name of the new volume group'),
    devices: t('Which devices shall it be made of?'),
  });
  const name = await askPoolName(ask, site, group.name);
  const pool = {
    type: 'logical',
    name,
    sourceName: group.name,
    devices: group.devices,
    format: 'lvm2',
  } as const;
  const withTarget = { ...pool, targetPath: `/dev/${group.name}` };
  if (group.devices.length === 0) return { pool: withTarget };
  const label = t('Make the volume group {0} of {1}', group.name, group.devices.join(', '));
  return { pool: withTarget, build: await overwriting(site, group.devices, { label, picked: true }) };
}

export async function askZfsPool(ask: Ask, site: PoolSite): Promise<PoolPlan> {
  const group = await askGroup(ask, site, {
    type: 'zfs',
    placeholder: t('Which zpool? Choose, or type its name.'),
    make: t('Make a new zpool on a block device…'),
    namePrompt: t('Name of the new zpool'),
    devices: t('Which device shall it be made on?'),
  });
  const name = await askPoolName(ask, site, group.name);
  const pool = { type: 'zfs', name, sourceName: group.name, devices: group.devices } as const;
  if (group.devices.length === 0) return { pool };
  const label = t('Make the zpool {0} on {1}', group.name, group.devices.join(', '));
  return {
    pool,
    build: { label, detail: t('ZFS refuses devices that are in use.'), picked: true, flags: 0 },
  };
}

export async function askMpathPool(ask: Ask, site: PoolSite): Promise<PoolPlan> {
  const name = await askPoolName(ask, site, 'multipath');
  return { pool: { type: 'mpath', name, targetPath: '/dev/mapper' } };
}

interface GroupQuestion {
  readonly type: 'logical' | 'zfs';
  readonly placeholder: string;
  readonly make: string;
  readonly namePrompt: string;
  readonly devices: string;
}

/** No volume group or zpool has a name with such a character. */
const makeNew = '\n';

/** One that is there, which has no devices then, or a new one. */
async function askGroup(
  ask: Ask,
  site: PoolSite,
  { type, placeholder, make, namePrompt, devices: whichDevices }: GroupQuestion,
): Promise<{ readonly name: string; readonly devices: readonly string[] }> {
  const refusal = (text: string): string | undefined =>
    /^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/.test(text) ? undefined : t('This is no name that it can have.');
  const chosen = await ask.choiceOrText({
    placeholder,
    choices: async () => [
      ...(await site.sources(type)).flatMap(({ name, devices }) =>
        name === undefined ? [] : [{ label: name, description: devices.join(', '), value: name }],
      ),
      { label: make, value: makeNew },
    ],
    refusal,
  });
  if (chosen !== makeNew) return { name: chosen, devices: [] };
  const name = await ask.text({ prompt: namePrompt, refusal });
  if (type === 'zfs') return { name, devices: [await askDevice(ask, site, whichDevices)] };
  const devices = await ask.pickMany({
    placeholder: whichDevices,
    choices: async () => usableDevices(await site.blockDevices()).map(deviceChoice),
    refusal: (values) => (values.length === 0 ? t('Choose at least one.') : undefined),
  });
  return { name, devices };
}

async function askDevice(
  ask: Ask,
  site: PoolSite,
  placeholder: string,
  fits: (device: BlockDevice) => boolean = () => true,
): Promise<string> {
  const known = await site.blockDevices().catch(() => []);
  return ask.choiceOrText({
    placeholder,
    choices: async () =>
      usableDevices(await site.blockDevices())
        .filter(fits)
        .map(deviceChoice),
    refusal: (text) => refuseDevice(text, known),
  });
}

/** undefined when the host does not know it, or does not tell. */
async function deviceOf(site: PoolSite, path: string): Promise<BlockDevice | undefined> {
  return (await devicesAmong(site, [path]))[0];
}

async function devicesAmong(site: PoolSite, paths: readonly string[]): Promise<readonly BlockDevice[]> {
  const devices = await site.blockDevices().catch(() => []);
  return devices.filter(({ stablePath, path }) => paths.includes(stablePath) || paths.includes(path));
}

/** libvirt looks itself whether a device is empty, unless it is told to overwrite what is there. */
async function overwriting(
  site: PoolSite,
  paths: readonly string[],
  build: Pick<BuildPlan, 'label' | 'picked'>,
): Promise<BuildPlan> {
  const loses = contentLost(await devicesAmong(site, paths), site.name);
  return loses === undefined
    ? { ...build, detail: t('libvirt refuses when it holds data.'), flags: PoolBuild.noOverwrite }
    : { ...build, detail: t('What is on it is lost.'), flags: PoolBuild.overwrite, loses };
}

function orderedFirst(all: readonly string[], first: readonly (string | undefined)[]): readonly string[] {
  const leading = first.filter((one) => one !== undefined && all.includes(one)) as string[];
  return [...new Set([...leading, ...all])];
}
