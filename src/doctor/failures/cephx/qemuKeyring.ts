import type { WaitOptions } from '../../../base/waiting.ts';
import { getCapabilities } from '../../../libvirt/node.ts';
import { parseXml } from '../../../libvirt/model/element.ts';
import type { Patient } from '../../patient.ts';
import type { Transport } from '../../../transport/transport.ts';

/** As whom QEMU runs. */
export interface QemuUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The keyrings that librados takes for client.admin, with their modes; and the groups of QEMU's user. A disk without
 * <auth> logs in with one of them, where QEMU may read it.
 */
const script = `
uid=$1
list=$(ceph-conf --name=client.admin --lookup keyring 2>/dev/null) || list=
[ -n "$list" ] || list=/etc/ceph/ceph.client.admin.keyring,/etc/ceph/ceph.keyring,/etc/ceph/keyring,/etc/ceph/keyring.bin
name=$(getent passwd "$uid" | cut -d: -f1)
[ -n "$name" ] && echo "groups $(id -G -- "$name")"
IFS=,
for file in $list; do stat -L -c 'file %a %u %g' -- "$file" 2>/dev/null; done
exit 0`;

/** Whether QEMU finds a key by itself; undefined where that cannot be found out. */
export function qemuFindsKeyring(patient: Patient, domainType: string): Promise<boolean | undefined> {
  return patient.once(`keyring of QEMU for ${domainType}`, async () => {
    const { connection, transport } = patient.host;
    const user = await qemuUser(await getCapabilities(connection, patient.wait), domainType);
    return user && (await looksReadable(transport, user, patient.wait));
  });
}

/** The owner that libvirt gives to QEMU's processes; undefined where it does not say. */
export async function qemuUser(capabilities: string, domainType: string): Promise<QemuUser | undefined> {
  const models = (await parseXml(capabilities)).child('host')?.children('secmodel') ?? [];
  const dac = models.find((one) => one.textOf('model') === 'dac');
  const labels = dac?.children('baselabel') ?? [];
  const label = labels.find((one) => one.attribute('type') === domainType) ?? labels[0];
  const [, uid, gid] = /^\+(\d+):\+(\d+)$/.exec(label?.text ?? '') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

async function looksReadable(transport: Transport, user: QemuUser, wait: WaitOptions): Promise<boolean> {
  const { stdout } = await transport.exec(['sh', '-c', script, 'sh', String(user.uid)], wait);
  return mayReadAny(stdout.toString(), user);
}

/** Reads what the script prints. */
export function mayReadAny(output: string, { uid, gid }: QemuUser): boolean {
  const groups = new Set([
    gid,
    ...(/^groups (.*)$/m.exec(output)?.[1] ?? '').split(' ').filter(Boolean).map(Number),
  ]);
  return [...output.matchAll(/^file (\d+) (\d+) (\d+)$/gm)].some(([, mode = '0', owner, group]) => {
    const bits = Number.parseInt(mode, 8);
    if (uid === 0) return true;
    if (Number(owner) === uid) return (bits & 0o400) !== 0;
    return groups.has(Number(group)) ? (bits & 0o040) !== 0 : (bits & 0o004) !== 0;
  });
}
