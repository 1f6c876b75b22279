import { randomUUID } from 'node:crypto';
import type { Command } from '../transport/transport.ts';
import type { CephAccess } from './cephAccess.ts';
import type { RbdImage, RbdSnapshotName } from './rbd.ts';

/**
 * The name by which QEMU's programs open an RBD image: `rbd:pool/image:id=libvirt:...`, see block/rbd.c of QEMU.
 * @param keyFile the file on the host that has the key, where the access has one
 */
export function qemuRbdName(
  image: RbdImage | RbdSnapshotName,
  access: CephAccess,
  keyFile: string | undefined,
): string {
  const { monitors, clientId, configFile, keyring, settings } = access;
  const options = new Map([
    ...settings,
    ...(clientId === undefined ? [] : ([['id', clientId]] as const)),
    ...(configFile === undefined ? [] : ([['conf', configFile]] as const)),
    ...(monitors.length === 0 ? [] : ([['mon_host', monitors.join(';')]] as const)),
    ...(keyring === undefined ? [] : ([['keyring', keyring]] as const)),
    ...(keyFile === undefined ? [] : ([['keyfile', keyFile]] as const)),
  ]);
  const names = [image.pool, ...(image.namespace === undefined ? [] : [image.namespace]), image.image];
  return [
    `rbd:${names.map(escape).join('/')}${'snapshot' in image ? `@${escape(image.snapshot)}` : ''}`,
    ...[...options].map(([name, value]) => `${escape(name)}=${escape(value)}`),
  ].join(':');
}

function escape(text: string): string {
  return text.replaceAll(/[\\:/@=;]/g, (character) => `\\${character}`);
}

/** Keeps the key, the first line of standard input, in a file that only this user can read, while the program runs. */
const withKeyFile = [
  'umask 077; set -C',
  'file=$1; shift',
  'IFS= read -r key || exit 125',
  `trap 'rm -f "$file"' EXIT`,
  `trap 'exit 143' HUP INT PIPE TERM`,
  'printf %s "$key" >"$file" || exit 125',
  'unset key',
  '"$@"',
].join('\n');

/** A program of QEMU and what goes into its standard input first: the key, never an argument. */
export interface QemuCommand {
  readonly command: Command;
  readonly input: string;
}

/** @param words the command, made with the function that names an RBD image for it */
export function qemuCommand(
  access: CephAccess,
  words: (nameOf: (image: RbdImage | RbdSnapshotName) => string) => Command,
): QemuCommand {
  const { key } = access;
  const keyFile = key === undefined ? undefined : `/dev/shm/libvirt-${randomUUID()}`;
  const [program, ...args] = words((image) => qemuRbdName(image, access, keyFile));
  if (keyFile !== undefined)
    return {
      command: ['sh', '-c', withKeyFile, 'sh', keyFile, program, ...args],
      input: `${key}\n`,
    };
  return {
    command: access.viaSudo === true ? ['sudo', '-n', program, ...args] : [program, ...args],
    input: '',
  };
}
