import type { CephClient } from '../../ceph/cephAccess.ts';
import type { HostSession } from '../hostSession.ts';

/** A way to a cluster: a connected host, and an identity that Ceph's programs can use there. */
export interface ClusterRoute {
  readonly session: HostSession;
  readonly client: CephClient;
  /** `admin` of client.admin. */
  readonly clientId: string;
  /** Where the identity is from: a configuration on the host, or a storage pool of its libvirt. */
  readonly from:
    | { readonly kind: 'configuration'; readonly path: string; readonly keyring: string | undefined }
    | { readonly kind: 'pool'; readonly pool: string };
}

/** The better ways first: who may do most, by a keyring that needs nothing but to be read. */
export function compareRoutes(a: ClusterRoute, b: ClusterRoute): number {
  return rankOf(a) - rankOf(b);
}

function rankOf({ clientId, from, client }: ClusterRoute): number {
  const byOrigin = from.kind === 'configuration' ? 0 : 4;
  return byOrigin + (clientId === 'admin' ? 0 : 2) + (client.access.viaSudo === true ? 1 : 0);
}
