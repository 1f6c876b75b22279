import { probeHost } from '../../../../hosts/hostProbe.ts';
import { getLibvirtVersion } from '../../../../libvirt/node.ts';
import { backendPackageOf } from '../../../../operations/packages/backendPackage.ts';
import type { WantedPackages } from '../../../../operations/packages/distributions.ts';
import { poolTypes } from '../../../../operations/pools/newPool.ts';
import type { Patient } from '../../../patient.ts';

/** What the host's distribution calls the package with a backend; undefined: that is not known. */
export async function packagesFor(patient: Patient, name: string): Promise<WantedPackages | undefined> {
  const { host, session, wait } = patient;
  const type = poolTypes.find((one) => one === name);
  if (type === undefined) return undefined;
  const [{ distributions }, version] = await Promise.all([
    patient.once('probe', () => probeHost(host.transport, session.address, wait)),
    patient.once('libvirt version', () => getLibvirtVersion(host.connection, wait)),
  ]);
  return backendPackageOf(distributions, type, version);
}
