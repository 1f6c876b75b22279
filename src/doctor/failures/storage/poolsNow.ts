import type { ExaminedPool, Patient } from '../../patient.ts';

/** All pools, with whether they start with the host as it is now: of that libvirt sends no events. */
export function poolsNow(patient: Patient): Promise<readonly ExaminedPool[]> {
  return patient.once('pools now', async () => {
    const { pools } = patient.host.inventory;
    const [examined] = await Promise.all([patient.pools(), pools.readLifetimes()]);
    return examined.map(({ entry, model }) => ({ entry: pools.entries.get(entry.ref.uuid) ?? entry, model }));
  });
}
