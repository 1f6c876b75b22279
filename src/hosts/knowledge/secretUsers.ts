import type { WaitOptions } from '../../base/waiting.ts';
import type { HostKnowledgeIndex } from './hostKnowledgeIndex.ts';
import { untilKnown } from './untilKnown.ts';

export interface DomainUsingSecret {
  readonly name: string;
  readonly uuid: string;
  readonly isActive: boolean;
  /** The pool that logs in for one of its disks; undefined where the domain itself names the secret. */
  readonly throughPool: string | undefined;
}

/** What of a host stops working without a secret. */
export interface SecretUsers {
  readonly domains: readonly DomainUsingSecret[];
  /** Names. */
  readonly pools: readonly string[];
}

/** The domains and pools whose definition uses the secret; undefined when that cannot be found out in time. */
export function readSecretUsers(
  knowledge: HostKnowledgeIndex,
  uuid: string,
  options?: WaitOptions,
): Promise<SecretUsers | undefined> {
  return untilKnown(knowledge, () => usersNow(knowledge, uuid), options);
}

function usersNow(knowledge: HostKnowledgeIndex, uuid: string): SecretUsers | undefined {
  const pools = knowledge.poolsUsingSecret(uuid);
  const direct = knowledge.usersOf({ kind: 'secret', uuid });
  const domains = knowledge.current?.domains;
  if (!pools || !direct || !domains) return undefined;
  const own = new Set(direct.map((domain) => domain.uuid));
  return {
    pools,
    domains: domains.flatMap(({ name, uuid: domain, isActive, disks }): readonly DomainUsingSecret[] => {
      const known = { name, uuid: domain, isActive };
      if (own.has(domain)) return [{ ...known, throughPool: undefined }];
      const throughPool = pools.find((pool) =>
        disks.some(({ storage }) => storage?.startsWith(`volume:${pool}/`)),
      );
      return throughPool === undefined ? [] : [{ ...known, throughPool }];
    }),
  };
}
