import type { PoolEntry } from '../../../hosts/inventory/pools.ts';
import type { Patient } from '../../patient.ts';
import type { Subject } from '../../subject.ts';

/** A pool of the host as a finding is about it. */
export function poolSubject(
  { name: host }: Pick<Patient, 'name'>,
  { ref: { name, uuid } }: Pick<PoolEntry, 'ref'>,
): Subject & { readonly kind: 'pool' } {
  return { kind: 'pool', host, name, uuid };
}
