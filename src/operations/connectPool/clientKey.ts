import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { isForbidden } from '../../ceph/cephError.ts';
import { getCephKey } from '../../ceph/cephUsers.ts';
import { cephArgv, monitorsArgv } from '../plan/cephShell.ts';
import { decodeCephKey } from '../secrets/cephKey.ts';
import { keyOf, parseKeyring, wipeKeys } from '../secrets/keyring.ts';
import { keyringOnHost } from '../secrets/keyringOnHost.ts';

/**
 * The key of a Ceph user, as the bytes that a secret of libvirt holds: wipe them after use. A client that may not ask
 * for keys has its own.
 */
export async function readClientKey(
  client: CephClient,
  user: string,
  options?: WaitOptions,
): Promise<Buffer> {
  try {
    return decodeCephKey(await getCephKey(client, `client.${user}`, options));
  } catch (error) {
    if (!isForbidden(error) || (client.access.clientId ?? 'admin') !== user) throw error;
    const own = await ownKey(client, user, options);
    if (!own) throw error;
    return own;
  }
}

async function ownKey(
  { access, transport }: CephClient,
  user: string,
  options?: WaitOptions,
): Promise<Buffer | undefined> {
  if (access.key !== undefined) return decodeCephKey(access.key);
  if (access.keyring === undefined || access.viaSudo === true) return undefined;
  const keys = parseKeyring((await keyringOnHost(transport, access.keyring, options)).toString());
  try {
    return Buffer.from(keyOf(keys, user));
  } finally {
    wipeKeys(keys);
  }
}

/** The program that prints the key, for a script. @param mayAsk whether this client may ask the monitors for keys */
export function keyArgv({ access }: CephClient, user: string, mayAsk: boolean): readonly string[] {
  const entity = `client.${user}`;
  if (mayAsk || access.keyring === undefined) return monitorsArgv(access, ['auth', 'get-key', entity]);
  const alone = { ...access, monitors: [], clientId: 'admin', keyring: undefined, configFile: undefined };
  return cephArgv({ ...alone, settings: new Map() }, 'ceph-authtool', [
    '--print-key',
    `--name=${entity}`,
    access.keyring,
  ]);
}
