import { t } from '../../../base/l10n.ts';
import { formatBytes, parseSize } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import { parseVolume, type VolumeModel } from '../../../libvirt/model/volume.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { getVolumeXml } from '../../../libvirt/volumes.ts';
import type { VolumeOrder } from '../../../operations/volumes/newVolume.ts';
import { refuseVolumeName, refuseVolumeSize } from '../../../operations/volumes/poolOffer.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';
import type { VolumeHost } from './volumeWork.ts';
import { pathIn, type VolumeSite } from './volumeSite.ts';

interface Making {
  readonly format: string | undefined;
  readonly preallocation: VolumeOrder['preallocation'];
  readonly extra?: 'overlay' | 'luks';
}

/** Asks what the new volume shall be. @param files what can be lain under a new one: all volumes that are files */
export async function askNewVolume(
  ask: Ask,
  host: VolumeHost,
  site: VolumeSite,
  files: () => Promise<readonly VolumeRef[]>,
): Promise<VolumeOrder> {
  const { model, taken } = site;
  const name = await ask.text({
    prompt: t('The name of the volume in the pool {0}.', model.name),
    placeholder: model.type === 'rbd' ? 'web2' : 'web2.qcow2',
    refusal: (given) => refuseVolumeName(given, model.type, taken),
  });
  const makings = makingsOf(site, name);
  const making =
    makings.length > 1
      ? await ask.pick({ placeholder: t('How is it made?'), choices: makings })
      : (makings[0]?.value ?? { format: undefined, preallocation: 'full' as const });
  const base =
    making.extra === 'overlay'
      ? await ask.pick({
          placeholder: t('On top of which volume? It must stay as it is from then on.'),
          choices: async () => (await files()).map(fileChoice),
        })
      : undefined;
  const backing = base && (await parseVolume(await getVolumeXml(host.connection, base)));
  const capacity = await askCapacity(ask, site, backing);
  const passphrase = making.extra === 'luks' ? await askPassphrase(ask) : undefined;
  return {
    name,
    capacity,
    format: making.format,
    preallocation: making.preallocation,
    ...(backing && { backing: { path: backing.path ?? backing.key, format: backing.format } }),
    ...(passphrase !== undefined && { encryption: { passphrase, usage: pathIn(site, name) } }),
  };
}

function makingsOf({ offer, model }: VolumeSite, name: string): readonly Choice<Making>[] {
  if (offer.formats.length === 0) {
    const whole: Choice<Making> = {
      label: t('All its space is taken now'),
      value: { format: undefined, preallocation: 'full' },
    };
    const thin: Choice<Making> = {
      label: t('Takes space as it is written'),
      detail: t('The pool can promise more than it has; when it is full, guests stop.'),
      value: { format: undefined, preallocation: 'none' },
    };
    return model.type === 'zfs' ? [thin, whole] : [whole];
  }
  const qcow2: readonly Choice<Making>[] = [
    {
      label: t('qcow2, grows as it is written'),
      detail: t('The usual choice: takes little space at first, and can have snapshots.'),
      value: { format: 'qcow2', preallocation: 'none' },
    },
    {
      label: t('qcow2 on top of another volume…'),
      detail: t('Holds only what differs from it: a template, for instance.'),
      value: { format: 'qcow2', preallocation: 'none', extra: 'overlay' },
    },
  ];
  const raw: readonly Choice<Making>[] = [
    {
      label: t('raw, grows as it is written'),
      detail: t('A sparse file: the fastest format, without snapshots.'),
      value: { format: 'raw', preallocation: 'none' },
    },
    {
      label: t('raw, all its space taken now'),
      detail: t('It can never run out of space later.'),
      value: { format: 'raw', preallocation: 'full' },
    },
  ];
  const others: readonly Choice<Making>[] = [
    {
      label: t('qcow2, its tables written now'),
      detail: t('A little faster at first writes (preallocation=metadata).'),
      value: { format: 'qcow2', preallocation: 'metadata' },
    },
    {
      label: t('qcow2, all its space taken now'),
      value: { format: 'qcow2', preallocation: 'full' },
    },
    {
      label: t('Encrypted with LUKS…'),
      detail: t('A passphrase is asked; libvirt keeps it in a new secret and gives it to QEMU.'),
      value: { format: 'raw', preallocation: 'none', extra: 'luks' },
    },
    ...offer.formats
      .filter((format) => format !== 'qcow2' && format !== 'raw')
      .map((format) => ({
        label: format,
        detail: t('For another hypervisor.'),
        value: { format, preallocation: 'none' as const },
      })),
  ];
  return /\.(?:img|raw)$/i.test(name) ? [...raw, ...qcow2, ...others] : [...qcow2, ...raw, ...others];
}

function fileChoice(ref: VolumeRef): Choice<VolumeRef> {
  return { label: ref.name, description: ref.pool, detail: ref.key, value: ref };
}

async function askCapacity(
  ask: Ask,
  { model, offer }: VolumeSite,
  backing: VolumeModel | undefined,
): Promise<number> {
  const least = backing?.capacity ?? 0;
  const available = model.available ?? 0;
  const text = await ask.text({
    prompt: sentences(
      t('The capacity: what the guest sees, such as 20G.'),
      model.type === 'rbd'
        ? t('Ceph takes space only for what is written.')
        : available > 0
          ? t('The pool has {0} free.', formatBytes(available))
          : undefined,
    ),
    placeholder: '20G',
    value: least > 0 ? `${least / 2 ** 20}M` : undefined,
    refusal: (given) => {
      const size = parseSize(given);
      const why = refuseVolumeSize(size);
      if (why !== undefined || size === undefined) return why;
      if (size < least)
        return t('It cannot be less than the {0} of the volume below it.', formatBytes(least));
      return !offer.thin && model.type !== 'rbd' && size > available
        ? t('The pool has only {0} free.', formatBytes(available))
        : undefined;
    },
  });
  return parseSize(text) ?? 0;
}

async function askPassphrase(ask: Ask): Promise<string> {
  const passphrase = await ask.text({
    prompt: t('The passphrase. Without it, or the secret that libvirt keeps it in, the data is lost.'),
    secret: true,
    refusal: (given) => (given === '' ? t('It cannot be empty.') : undefined),
  });
  await ask.text({
    prompt: t('The passphrase again.'),
    secret: true,
    refusal: (given) => (given === passphrase ? undefined : t('It is not the same.')),
  });
  return passphrase;
}
