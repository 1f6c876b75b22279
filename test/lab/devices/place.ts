import { subscribe } from '../../../src/libvirt/events.ts';
import { lookupDomainByName } from '../../../src/libvirt/domains.ts';
import type { DomainPlace } from '../../../src/operations/devices/deviceChange.ts';
import { eventually } from '../support/eventually.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { openConsole } from '../../../src/libvirt/domainStreams.ts';
import { connectTo } from '../libvirt/labConnection.ts';

/** A domain of a host, over a connection that hears what devices and jobs do. */
export async function placeOf(host: LabHost, name: string): Promise<DomainPlace> {
  const connection = await connectTo(host);
  await subscribe(connection, [
    { object: 'domain', kind: 'deviceRemoved' },
    { object: 'domain', kind: 'deviceRemovalFailed' },
    { object: 'domain', kind: 'blockJob2' },
  ]);
  return { connection, domain: await lookupDomainByName(connection, name) };
}

/** Targets and sources as `virsh domblklist` lists them: `vda libvirt-pool/web1`. */
export async function blockDevices(host: LabHost, domain: string, ...flags: string[]): Promise<string[]> {
  const list = await host.virsh('domblklist', domain, ...flags);
  return list
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');
}

/** Waits until the guest of the shared lab has booted: a device that is plugged in before may be seen or not. */
export async function untilBooted(host: LabHost): Promise<void> {
  const log = ['cat', '/var/log/libvirt/qemu/web1-serial.log'];
  await eventually('web1 has booted', async () => (await host.run(log)).includes('web1 is ready'));
}

/** What a command prints in the guest, by its serial console. The guest's shell is the only user of it. */
export async function guestSays({ connection, domain }: DomainPlace, command: string): Promise<string> {
  const console = await openConsole(connection, domain, { force: true });
  let said = '';
  try {
    console.on('data', (data: Buffer) => (said += data.toString()));
    // The shell asks the terminal for its size and takes the first keys for the answer.
    console.write('\n:::::::::::::\n');
    console.write(`${command}; echo "[e""nd]"\n`);
    await eventually(
      `the guest answers to ${command}`,
      () => Promise.resolve(said.includes('[end]')),
      10_000,
    );
    return said;
  } finally {
    console.destroy();
  }
}
