import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { formatBytes, parseSize } from '../../base/sizes.ts';
import type { OperatingSystem } from '../../operations/newDomain/operatingSystems.ts';
import {
  canCopyInto,
  copiedDisk,
  emptyDisk,
  type DiskAnswer,
} from '../../operations/newDomain/planDomain.ts';
import type { PoolOffer } from '../../operations/storage/poolOffer.ts';
import type { ExistingVolume } from '../../operations/newDomain/storage/volumePlan.ts';
import type { Choice } from '../prompts/askPick.ts';
import type { Ask } from '../prompts/wizard.ts';
import { askExistingDisk, describePool } from './askVolume.ts';
import type { HostReader } from './hostReader.ts';

const mib = 1024 ** 2;

class NoPoolError extends Problem {
  readonly code = 'no-pool';
}

/** A new volume in a pool, one that is there, or none. */
export async function askDisk(
  ask: Ask,
  reader: HostReader,
  { name, system }: { readonly name: string; readonly system: OperatingSystem },
): Promise<DiskAnswer> {
  const pools = (await reader.pools()).filter(({ canCreate }) => canCreate);
  const where = await ask.pick<PoolOffer | 'existing' | 'none'>({
    placeholder:
      pools.length > 0
        ? t('Where its disk is to be')
        : t('{0} has no active pool that new volumes can be made in', reader.session.name),
    choices: [
      ...poolChoices(pools),
      { label: t('A volume that is there'), value: 'existing' },
      { label: t('No disk'), value: 'none' },
    ],
    preselected: (value) => value === likelyPool(pools),
  });
  if (where === 'none') return { kind: 'none' };
  if (where === 'existing') return { kind: 'existing', source: await askExistingDisk(ask, reader) };
  const capacity = await askCapacity(ask, where, { minimum: mib, value: system.disk });
  return { kind: 'new', volume: emptyDisk(name, where, capacity, await reader.volumeNames(where)) };
}

/** Where a copy of a volume goes, and how large it is to be. */
export async function askCopy(
  ask: Ask,
  reader: HostReader,
  name: string,
  from: ExistingVolume,
  size: number,
): Promise<DiskAnswer> {
  const pools = (await reader.pools()).filter((pool) => canCopyInto(from, pool));
  if (pools.length === 0) {
    throw new NoPoolError(
      t('No active pool of {0} can take a copy of {1}.', reader.session.name, from.name),
      {
        advice: t('Start or create a pool, then begin again.'),
      },
    );
  }
  const pool = await ask.pick({
    placeholder: t('Where the copy of {0} is to be', from.name),
    choices: poolChoices(pools),
    preselected: (value) => value === (pools.includes(from.pool) ? from.pool : likelyPool(pools)),
  });
  const minimum = Math.max(from.capacity, mib);
  const capacity = await askCapacity(ask, pool, { minimum, value: Math.max(minimum, size) });
  const volume = copiedDisk(name, { pool, from, capacity }, await reader.volumeNames(pool));
  return { kind: 'new', volume };
}

function poolChoices(pools: readonly PoolOffer[]): Choice<PoolOffer>[] {
  return pools.map((pool) => ({
    label: t('A new volume in {0}', pool.ref.name),
    description: describePool(pool),
    value: pool,
  }));
}

/** The one with Ceph behind it; else the one with the most room. */
function likelyPool(pools: readonly PoolOffer[]): PoolOffer | undefined {
  const room = ({ kind, model }: PoolOffer): number => (kind === 'rbd' ? Infinity : (model.available ?? 0));
  return pools.toSorted((a, b) => room(b) - room(a))[0];
}

async function askCapacity(
  ask: Ask,
  { kind, model }: PoolOffer,
  { minimum, value }: { readonly minimum: number; readonly value: number },
): Promise<number> {
  const free = model.available === undefined ? '' : t('{0} are free.', formatBytes(model.available));
  const thin =
    kind === 'block' ? t('All of it is taken at once.') : t('Only what the guest writes takes space.');
  const text = await ask.text({
    prompt: [t('How large the disk is to be.'), thin, free].join(' ').trim(),
    value: formatBytes(roundedUp(value)),
    refusal: (given) => {
      const size = parseSize(given);
      if (size === undefined) return t('A size such as 20 GiB.');
      if (size < minimum && formatBytes(size) !== formatBytes(minimum))
        return t('At least {0}.', formatBytes(minimum));
      if (kind === 'block' && model.available !== undefined && size > model.available)
        return t('Only {0} are free.', formatBytes(model.available));
      return undefined;
    },
  });
  return Math.max(minimum, Math.ceil((parseSize(text) ?? value) / mib) * mib);
}

/** To a size that reads as it is. */
function roundedUp(bytes: number): number {
  const unit = bytes > 1024 * mib ? 1024 * mib : mib;
  return Math.ceil(bytes / unit) * unit;
}
