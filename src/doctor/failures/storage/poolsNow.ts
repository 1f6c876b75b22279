import { CancelledError } from '../../../base/errors.ts';
import { waitFor } from '../../../base/waiting.ts';
import type { ExaminedPool, Patient } from '../../patient.ts';

/** All pools, with whether they start with the host as it is now: of that libvirt sends no events. */
export function poolsNow(patient: Patient): Promise<readonly ExaminedPool[]> {
  return patient.once('pools now', async () => {
    const { pools } = patient.host.inventory;
    const [examined] = await Promise.all([patient.pools(), readAutostart(patient)]);
    return examined.map(({ entry, model }) => ({ entry: pools.entries.get(entry.ref.uuid) ?? entry, model }));
  });
}

/** While libvirt does not tell, what was known before is taken. */
async function readAutostart({ host, wait }: Patient): Promise<void> {
  try {
    await waitFor(host.inventory.pools.readLifetimes(), wait, () => '');
  } catch (error) {
    if (error instanceof CancelledError) throw error;
  }
}
