import type { CephClient } from '../../ceph/cephAccess.ts';
import type { HostSession } from '../hostSession.ts';

/** Where an identity is from: a configuration on the host, or a storage pool of its libvirt. */
export type RouteOrigin =
  | { readonly kind: 'configuration'; readonly path: string; readonly keyring: string | undefined }
  | { readonly kind: 'pool'; readonly pool: string };

/** A way to a cluster: a connected host, and an identity that Ceph's programs can use there. */
export interface ClusterRoute {
  readonly session: HostSession;
  readonly client: CephClient;
  /** `admin` of client.admin. */
  readonly clientId: string;
  readonly from: RouteOrigin;
  /** The host has no `ceph`, only `rbd`: of images can be asked there, of the cluster not. */
  readonly lacksCeph: boolean;
  /** $CEPH_ARGS of the host names this identity. */
  readonly isPreset: boolean;
}

/** A way that a person has chosen, as it is remembered. There is nothing secret in it. */
export interface RouteChoice {
  /** The name of the host. */
  readonly host: string;
  readonly clientId: string;
  /** undefined: where Ceph looks for it by itself. */
  readonly keyring: string | undefined;
  /** The storage pool of libvirt whose identity it is. */
  readonly pool: string | undefined;
}

/** The ways that were chosen, by the ids of the clusters. */
export interface RouteChoices {
  get(clusterId: string): RouteChoice | undefined;
  /** undefined: the best way is taken again. */
  set(clusterId: string, choice: RouteChoice | undefined): void;
}

export function choiceOf({ session, clientId, from }: ClusterRoute): RouteChoice {
  return {
    host: session.name,
    clientId,
    keyring: from.kind === 'configuration' ? from.keyring : undefined,
    pool: from.kind === 'pool' ? from.pool : undefined,
  };
}

export function isChosen(route: ClusterRoute, choice: RouteChoice | undefined): boolean {
  if (!choice) return false;
  const { host, clientId, keyring, pool } = choiceOf(route);
  return (
    host === choice.host && clientId === choice.clientId && keyring === choice.keyring && pool === choice.pool
  );
}

/** The better ways first: who may do most, by a keyring that needs nothing but to be read. */
export function compareRoutes(a: ClusterRoute, b: ClusterRoute): number {
  return rankOf(a) - rankOf(b);
}

function rankOf({ clientId, from, client, lacksCeph, isPreset }: ClusterRoute): number {
  const byOrigin = from.kind === 'configuration' ? 0 : 4;
  const byClient = isPreset ? -2 : clientId === 'admin' ? 0 : 2;
  return (lacksCeph ? 16 : 0) + byOrigin + byClient + (client.access.viaSudo === true ? 1 : 0);
}
