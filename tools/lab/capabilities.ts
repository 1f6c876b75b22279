import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, exists } from './files.ts';
import type { Machine } from './machine.ts';

const ofLibvirt = '/var/cache/libvirt/qemu/capabilities';
const kept = join(cacheFolder, 'qemu-capabilities');

/**
 * Spares libvirtd the second that it takes to ask QEMU what it can do. libvirtd itself tells whether what it finds is
 * still true of this QEMU and this kernel.
 */
export async function restoreCapabilities(machine: Machine): Promise<void> {
  if (await exists(kept)) await cp(kept, machine.path(ofLibvirt), { recursive: true });
}

/** Keeps what libvirtd has found out for the next host. */
export async function keepCapabilities(machine: Machine): Promise<void> {
  await mkdir(kept, { recursive: true });
  for (const name of await readdir(machine.path(ofLibvirt))) {
    const content = await machine.readFile(join(ofLibvirt, name));
    const path = join(kept, name);
    if ((await exists(path)) && (await readFile(path, 'utf8')) === content) continue;
    const unfinished = `${path}.${process.pid}`;
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  }
}
