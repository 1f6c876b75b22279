import { t } from '../../../base/l10n.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { getDomainXml } from '../../../libvirt/domains.ts';
import { readResources, type DomainResources } from '../../../operations/domains/resources.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';

/** What a domain has now, when it is on, and at its next start, when it has a definition. */
export async function resourcesOf({ entry, host }: DomainNode): Promise<{
  readonly live: DomainResources | undefined;
  readonly next: DomainResources | undefined;
}> {
  if (!entry) return { live: undefined, next: undefined };
  const { connection } = host.require();
  const read = async (inactive: boolean): Promise<DomainResources> =>
    readResources(await getDomainXml(connection, entry.ref, { inactive }));
  const [live, next] = await Promise.all([
    isActive(entry) ? read(false) : undefined,
    entry.persistent ? read(true) : undefined,
  ]);
  return { live, next };
}

/** What a domain gets at its next start, and that more may be asked for. */
export function nextStart(current: string, maximum: string): string {
  return current === maximum
    ? t('Its next start has {0}.', current)
    : t('Its next start has {0}, of at most {1}; what is more raises that limit.', current, maximum);
}
