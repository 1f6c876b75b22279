import { t } from '../../../base/l10n.ts';
import { formatBytes, parseSize } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { setPoolQuota } from '../../../ceph/changeCephPool.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changedByPools, changePool } from './changePool.ts';

export const setPoolQuotaCommand = objectCommand({
  id: 'libvirt.cephPool.quota',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const quota = await askQuota([node]);
    if (!quota) return;
    const title = t('Setting the quota of the Ceph pool {0}', node.name);
    await changePool(node, services, title, (client, signal) => apply(client, node.name, quota, signal));
  },
  bulk: {
    title: (count) => t('Setting the quota of {0} Ceph pools', count),
    prepare: async (nodes) => {
      const quota = await askQuota(nodes);
      return (
        quota &&
        (async ({ name, cluster }, _host, signal) => {
          await apply(cluster.client, name, quota, signal);
          cluster.refresh(...changedByPools);
        })
      );
    },
  },
});

interface Quota {
  /** 0: none. */
  readonly bytes: number;
  readonly objects: number;
}

async function apply(
  client: CephClient,
  pool: string,
  { bytes, objects }: Quota,
  signal: AbortSignal,
): Promise<void> {
  await setPoolQuota(client, pool, 'max_bytes', bytes, { signal });
  await setPoolQuota(client, pool, 'max_objects', objects, { signal });
}

function askQuota(nodes: readonly CephPoolNode[]): Promise<Quota | undefined> {
  const [first] = nodes;
  const only = nodes.length === 1 ? first : undefined;
  const { pool, usage } = only ?? {};
  const title = only ? t('Quota of {0}', only.name) : t('Quota of Each of {0} Ceph Pools', nodes.length);
  return wizard(title, async (ask) => {
    const bytes = await ask.text({
      prompt: sentences(
        t('How much may be stored, before replication: 500G, 2T. Empty: no limit.'),
        usage && t('{0} are stored now.', formatBytes(usage.stored)),
        t('When it is reached, nothing more can be written, and guests stop.'),
      ),
      placeholder: '2T',
      value: pool && pool.quotaBytes > 0 ? sizeText(pool.quotaBytes) : '',
      refusal: (given) => {
        if (given.trim() === '' || given.trim() === '0') return undefined;
        const size = parseSize(given);
        if (size === undefined || size < 1) return t('Write a size with its unit: 20G, 1.5 TiB, 512M.');
        return usage && size < usage.stored
          ? t('There are {0} in it already: it would be full at once.', formatBytes(usage.stored))
          : undefined;
      },
    });
    const objects = await ask.text({
      prompt: sentences(
        t('How many objects, of 4 MiB each as a rule? Empty: no limit.'),
        usage && t('There are {0} now.', usage.objects),
      ),
      value: pool && pool.quotaObjects > 0 ? String(pool.quotaObjects) : '',
      refusal: (given) => {
        if (!/^\d*$/.test(given.trim())) return t('Write a whole number, or nothing.');
        const count = Number(given);
        return usage && count > 0 && count < usage.objects
          ? t('There are {0} in it already: it would be full at once.', usage.objects)
          : undefined;
      },
    });
    return { bytes: parseSize(bytes) ?? 0, objects: Number(objects) };
  });
}

/** Exact, where `formatBytes` rounds. */
function sizeText(bytes: number): string {
  const units = ['T', 'G', 'M', 'K'];
  const power = units.findIndex((_, index) => bytes % 1024 ** (units.length - index) === 0);
  return power === -1 ? `${bytes}B` : `${bytes / 1024 ** (units.length - power)}${units[power] ?? ''}`;
}
