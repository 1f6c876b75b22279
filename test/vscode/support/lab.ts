import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Standard output of virsh on a host of the lab that runs beside these tests, past the extension. */
export async function virsh(host: string, ...args: readonly string[]): Promise<string> {
  const folder = process.env['LAB_FOLDER'];
  if (folder === undefined) throw new Error('LAB_FOLDER names no lab.');
  const socket = join(folder, host, 'run/libvirt/libvirt-sock');
  const { stdout } = await run('virsh', ['--quiet', '--connect', `qemu:///system?socket=${socket}`, ...args]);
  return stdout;
}

/** Defines a domain on a host, as somebody else would. */
export async function defineDomain(host: string, xml: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'define-'));
  const path = join(folder, 'domain.xml');
  await writeFile(path, xml);
  await virsh(host, 'define', path);
  await rm(folder, { recursive: true });
}
