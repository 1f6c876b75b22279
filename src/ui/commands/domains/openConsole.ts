import { t } from '../../../base/l10n.ts';
import { consoleDevices, type ConsoleDevice } from '../../../operations/console/consoleDevices.ts';
import { HostDomain } from '../../consoles/consoleDomain.ts';
import { ConsoleTerminal } from '../../consoles/consoleTerminal.ts';
import { openConsoles } from '../../consoles/openConsoles.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { NoConsoleProblem } from './noConsoleProblem.ts';

/** Of a domain that does not run, the console waits for its start. */
export const openConsoleCommand = objectCommand({
  id: 'libvirt.domain.openConsole',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: async (node, { log }) => {
    const { entry, host, uuid } = node;
    if (!entry) return;
    const devices = consoleDevices(await host.require().inventory.domains.details(uuid));
    if (devices.length === 0) throw new NoConsoleProblem(node.name, host.name);
    const device = devices.length === 1 ? devices[0] : await chooseDevice(node, devices);
    if (!device) return;
    // The only one is opened as the first, whatever it is called at the next start.
    const alias = devices.length === 1 ? undefined : device.alias;
    openConsoles.show(
      JSON.stringify([host.name, uuid, alias]),
      host,
      () => new ConsoleTerminal(new HostDomain(host, entry.ref, log), alias),
    );
  },
});

function chooseDevice(
  { name, host }: DomainNode,
  devices: readonly ConsoleDevice[],
): Promise<ConsoleDevice | undefined> {
  return wizard(t('Console of {0} on {1}', name, host.name), (ask) =>
    ask.pick({
      placeholder: t('Which one?'),
      choices: devices.map((device) => ({
        label: device.alias,
        description: describe(device),
        value: device,
      })),
    }),
  );
}

function describe({ kind, guestName }: ConsoleDevice): string {
  return kind === 'serial'
    ? t('serial port, {0} in a Linux guest', guestName)
    : t('virtio console, {0} in a Linux guest', guestName);
}
