import { t } from '../../../base/l10n.ts';
import { objectCommand } from '../command.ts';
import { detachDeviceRow } from './detachDevice.ts';

export const detachInterfaceCommand = objectCommand({
  id: 'libvirt.interface.detach',
  on: { kinds: ['interface'], traits: ['connected'] },
  run: (node, services) =>
    detachDeviceRow(node, services, {
      what: t('the network interface {0}', node.name),
      consequence: t('Its MAC address is free then.'),
    }),
});

export const detachHostDeviceCommand = objectCommand({
  id: 'libvirt.hostdev.detach',
  on: { kinds: ['hostdev'], traits: ['connected'] },
  run: (node, services) =>
    detachDeviceRow(node, services, {
      what: t('the device {0} of the host', node.name),
      consequence: t('The host gets it back.'),
    }),
});
