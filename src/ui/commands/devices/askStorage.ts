import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { PoolEntry } from '../../../hosts/inventory/pools.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import type { AttachableSource } from '../../../operations/devices/diskStorage.ts';
import type { VolumeOrder } from '../../../operations/volumes/newVolume.ts';
import { refuseVolumeName } from '../../../operations/volumes/poolOffer.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';
import type { CommandServices } from '../command.ts';
import { askNewVolume } from '../volumes/askNewVolume.ts';
import { readSite, type VolumeSite } from '../volumes/volumeSite.ts';
import { volumeHostOf } from '../volumes/volumeWork.ts';

/** What a disk or drive is to hold: what is there, or what is to be made first. */
export type ChosenStorage =
  | { readonly kind: 'volume'; readonly pool: PoolEntry; readonly volume: VolumeRef }
  | { readonly kind: 'new'; readonly site: VolumeSite; readonly order: VolumeOrder }
  | { readonly kind: 'path'; readonly source: AttachableSource };

/** Reads what the questions need, each once. */
export class StorageQuestions {
  readonly #host: HostSession;
  readonly #services: CommandServices;
  readonly #sites = new Map<string, Promise<VolumeSite>>();

  constructor(host: HostSession, services: CommandServices) {
    this.#host = host;
    this.#services = services;
  }

  async volume(ask: Ask): Promise<ChosenStorage> {
    const pool = await ask.pick({ placeholder: t('In which pool is the volume?'), choices: this.#pools() });
    const volume = await ask.pick({
      placeholder: t('Which volume of {0}?', pool.ref.name),
      choices: async () => (await this.#volumes(pool)).map(volumeChoice),
    });
    return { kind: 'volume', pool, volume };
  }

  async newVolume(ask: Ask): Promise<ChosenStorage> {
    const pool = await ask.pick({ placeholder: t('In which pool?'), choices: this.#pools() });
    const site = await this.#site(pool);
    const host = volumeHostOf(this.#host, this.#services);
    const files = async (): Promise<readonly VolumeRef[]> =>
      (await this.#volumes(pool)).filter(({ key }) => key.startsWith('/'));
    return { kind: 'new', site, order: await askNewVolume(ask, host, site, files) };
  }

  /** A new volume of a size that is given. */
  async volumeOfSize(ask: Ask, capacity: number): Promise<ChosenStorage> {
    const pool = await ask.pick({ placeholder: t('In which pool?'), choices: this.#pools() });
    const site = await this.#site(pool);
    const { model, offer, taken } = site;
    const name = await ask.text({
      prompt: t('The name of the volume in the pool {0}.', model.name),
      refusal: (given) => refuseVolumeName(given, model.type, taken),
    });
    const formats = offer.formats.filter((one) => one === 'qcow2' || one === 'raw');
    const format =
      formats.length < 2
        ? formats[0]
        : await ask.pick({
            placeholder: t('In which format?'),
            choices: formats.map((value) => ({ label: value, value })),
          });
    const preallocation = offer.thin ? 'none' : 'full';
    return { kind: 'new', site, order: { name, capacity, format, preallocation } };
  }

  async path(ask: Ask): Promise<ChosenStorage> {
    const path = (
      await ask.text({
        prompt: t('The path of the image or block device on {0}.', this.#host.name),
        placeholder: '/srv/images/data.qcow2',
        refusal: (given) => (given.trim().startsWith('/') ? undefined : t('A path from the root: /…')),
      })
    ).trim();
    if (path.startsWith('/dev/')) return { kind: 'path', source: { kind: 'block', path, format: 'raw' } };
    const likely = /\.(qcow2|vmdk|vdi|qed)$/i.exec(path)?.[1]?.toLowerCase() ?? 'raw';
    const format = await ask.pick({
      placeholder: t('What format has it? Raw is never looked into, so a guest cannot forge another one.'),
      choices: ['raw', 'qcow2', 'vmdk', 'vdi', 'vpc', 'qed'].map((value) => ({ label: value, value })),
      preselected: (value) => value === likely,
    });
    return { kind: 'path', source: { kind: 'file', path, format } };
  }

  /** Among the volumes whose names end as those of ISOs do, else any volume or path. */
  async iso(ask: Ask): Promise<ChosenStorage> {
    const chosen = await ask.pick<ChosenStorage | 'volume' | 'path'>({
      placeholder: t('Which ISO?'),
      choices: async () => [
        ...(await this.#isos()),
        { label: t('Another volume…'), value: 'volume' },
        { label: t('A path on the host…'), value: 'path' },
      ],
    });
    if (chosen === 'volume') return this.volume(ask);
    if (chosen !== 'path') return chosen;
    const path = await ask.text({
      prompt: t('The path of the ISO on {0}.', this.#host.name),
      placeholder: '/srv/iso/debian.iso',
      refusal: (given) => (given.trim().startsWith('/') ? undefined : t('A path from the root: /…')),
    });
    return { kind: 'path', source: { kind: 'file', path: path.trim(), format: 'raw' } };
  }

  #pools(): readonly Choice<PoolEntry>[] {
    const { inventory } = this.#host.require();
    return [...inventory.pools.entries.values()]
      .filter(({ active }) => active)
      .map((value) => ({ label: value.ref.name, description: freeIn(value), value }));
  }

  async #isos(): Promise<readonly Choice<ChosenStorage>[]> {
    const lists = await Promise.all(
      this.#pools().map(async ({ value: pool }) =>
        // A pool that does not answer has nothing to offer.
        (await this.#volumes(pool).catch(() => []))
          .filter(({ name }) => /\.iso$/i.test(name))
          .map((volume): Choice<ChosenStorage> => ({
            ...volumeChoice(volume),
            value: { kind: 'volume', pool, volume },
          })),
      ),
    );
    return lists.flat();
  }

  #volumes({ ref }: PoolEntry): Promise<readonly VolumeRef[]> {
    return this.#host.require().inventory.pools.volumes(ref.uuid);
  }

  #site({ ref }: PoolEntry): Promise<VolumeSite> {
    const known = this.#sites.get(ref.uuid);
    if (known) return known;
    const site = readSite(this.#host, ref);
    site.catch(() => this.#sites.delete(ref.uuid));
    this.#sites.set(ref.uuid, site);
    return site;
  }
}

function freeIn({ condition }: PoolEntry): string | undefined {
  if (condition?.kind !== 'info' || condition.info.capacity === 0) return undefined;
  return t('{0} free', formatBytes(condition.info.available));
}

function volumeChoice(volume: VolumeRef): Choice<VolumeRef> {
  return { label: volume.name, description: volume.pool, detail: volume.key, value: volume };
}
