import { t } from '../../../base/l10n.ts';
import { updateAndVerify } from '../../../operations/devices/deviceChange.ts';
import { linkChange } from '../../../operations/devices/networkCard.ts';
import type { InterfaceNode } from '../../explorer/objects/devices/interfaceNode.ts';
import { objectCommand, type ObjectCommand } from '../command.ts';
import { effectsOf, onDevices } from './deviceWork.ts';

export const plugInterfaceCommand = linkCommand('libvirt.interface.plugIn', 'unplugged', 'up');
export const unplugInterfaceCommand = linkCommand('libvirt.interface.unplug', 'plugged', 'down');

/** Plugs the cable of interfaces in or out, as the guest sees it. */
function linkCommand(id: string, trait: string, state: 'up' | 'down'): ObjectCommand {
  return objectCommand<'interface'>({
    id,
    on: { kinds: ['interface'], traits: [trait] },
    run: (node, services) =>
      onDevices(node.domain, services, { title: titleOf(node, state) }, (site, signal) =>
        updateAndVerify(site, node.key, linkChange(state), effectsOf(node)[0], { signal }),
      ),
  });
}

function titleOf({ name, domain, host }: InterfaceNode, state: 'up' | 'down'): string {
  return state === 'up'
    ? t('Plugging in {0} of {1} on {2}', name, domain.name, host.name)
    : t('Unplugging {0} of {1} on {2}', name, domain.name, host.name);
}
