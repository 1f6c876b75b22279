import { t } from '../../base/l10n.ts';
import { formatBytes } from '../../base/sizes.ts';
import { volumeSource, type PoolOffer } from '../../operations/storage/poolOffer.ts';
import type { DiskSource } from '../../operations/storage/diskSource.ts';
import type { ExistingVolume } from '../../operations/newDomain/storage/volumePlan.ts';
import type { Choice } from '../prompts/askPick.ts';
import type { Ask } from '../prompts/wizard.ts';
import type { HostReader, ListedVolume } from './hostReader.ts';

const isIso = /\.iso$/i;
const isImage = /\.(qcow2?|img|raw)$/i;
const looksLikeTemplate = /cloud|generic|template|golden|base/i;

/** A CD image of a pool, or a file of the host by its path. */
export async function askIso(ask: Ask, reader: HostReader, placeholder: string): Promise<DiskSource> {
  const isos = async (): Promise<readonly ListedVolume[]> =>
    (await reader.volumes()).filter(({ ref }) => isIso.test(ref.name));
  const path = await ask.choiceOrText({
    placeholder,
    choices: async () =>
      (await isos()).map(({ ref }) => ({ label: ref.name, description: ref.pool, value: ref.key })),
    refusal: (text) =>
      /^\/[^\n]*[^/\n]$/.test(text)
        ? undefined
        : t('Choose a CD image, or type the path of one on the host.'),
  });
  const chosen = (await isos()).find(({ ref }) => ref.key === path);
  return chosen ? volumeSource(chosen.pool, chosen.ref.name, 'raw') : { kind: 'file', path, format: 'raw' };
}

/** A volume to copy: the likeliest templates first. */
export async function askTemplate(ask: Ask, reader: HostReader): Promise<ExistingVolume> {
  const volume = await ask.pick({
    placeholder: t('The volume to copy; it is not changed'),
    choices: async () => {
      const all = await listed(reader);
      const images = all.filter(({ pool, ref }) => pool.kind !== 'file' || isImage.test(ref.name));
      const likely = images.filter(({ ref }) => looksLikeTemplate.test(ref.name));
      return asChoices([...likely, ...images.filter((one) => !likely.includes(one))], reader);
    },
  });
  return reader.existing(volume);
}

export async function askExistingDisk(ask: Ask, reader: HostReader): Promise<DiskSource> {
  const volume = await ask.pick({
    placeholder: t('The volume that becomes its disk'),
    choices: async () => asChoices(await listed(reader), reader),
  });
  const { format } = await reader.existing(volume);
  return volumeSource(volume.pool, volume.ref.name, format ?? 'raw');
}

async function listed(reader: HostReader): Promise<readonly ListedVolume[]> {
  return (await reader.volumes()).filter(({ ref }) => !isIso.test(ref.name));
}

function asChoices(volumes: readonly ListedVolume[], { host }: HostReader): readonly Choice<ListedVolume>[] {
  return volumes.map((volume) => {
    const { ref } = volume;
    const users = host.knowledge.usersOf({ kind: 'volume', pool: ref.pool, name: ref.name }) ?? [];
    const usedBy = users.map(({ name }) => name).join(', ');
    return {
      label: ref.name,
      description: usedBy === '' ? ref.pool : t('{0}, disk of {1}', ref.pool, usedBy),
      value: volume,
    };
  });
}

/** `rbd, 1.2 TiB free` */
export function describePool({ model }: PoolOffer): string {
  return model.available === undefined
    ? model.type
    : t('{0}, {1} free', model.type, formatBytes(model.available));
}
