import { isSameMonitor } from '../../../rules/rbd/monitors.ts';
import type { SourceAuth, SourceHost } from '../../../libvirt/model/storageSource.ts';
import type { Patient } from '../../patient.ts';
import { stateOfLogin } from '../reach/loginState.ts';
import { rbdLoginsOf, type RbdLogin } from '../reach/rbdLogins.ts';

/** A login of the host that works for the same pool of Ceph. */
export interface KnownAuth {
  readonly auth: SourceAuth;
  /** Whose it is, for people. */
  readonly of: string;
}

/**
 * What others log in with to the same pool of Ceph, each once: storage pools first, then disks. Only what Ceph lets in,
 * and only of the same cluster, so far as monitors tell.
 */
export async function knownAuthsFor(patient: Patient, login: RbdLogin): Promise<readonly KnownAuth[]> {
  const others = (await rbdLoginsOf(patient)).filter(
    (other) =>
      other.auth !== undefined &&
      other.place.pool === login.place.pool &&
      other.place.namespace === login.place.namespace &&
      shareMonitors(other.hosts, login.hosts),
  );
  const pools = others.filter(({ owner }) => owner.kind === 'pool');
  const disks = others.filter(({ owner }) => owner.kind === 'disk');
  const each = new Map<string, RbdLogin>();
  for (const other of [...pools, ...disks]) {
    const key = JSON.stringify(other.auth);
    if (!each.has(key)) each.set(key, other);
  }
  const tried = await Promise.all(
    [...each.values()].map(async (other) => {
      const { auth } = other;
      const isFine = (await stateOfLogin(patient, other)).kind === 'fine';
      return auth && isFine ? [{ auth, of: other.name }] : [];
    }),
  );
  return tried.flat();
}

function shareMonitors(own: readonly SourceHost[], others: readonly SourceHost[]): boolean {
  if (own.length === 0 || others.length === 0) return true;
  return named(own).some((one) => named(others).some((other) => isSameMonitor(one, other)));
}

function named(
  hosts: readonly SourceHost[],
): readonly { readonly name: string; readonly port: number | undefined }[] {
  return hosts.flatMap(({ name, port }) => (name === undefined ? [] : [{ name, port }]));
}
