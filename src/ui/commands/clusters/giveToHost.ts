import { objectCommand } from '../command.ts';
import { openGiftPlan } from './giveToHost/openGiftPlan.ts';

/** Makes a host a client of a cluster: asks, then shows the plan. */
export const giveClusterCommand = objectCommand({
  id: 'libvirt.cluster.giveToHost',
  on: { kinds: ['cluster', 'host'], traits: ['connected'] },
  run: (node, services) =>
    openGiftPlan(node.kind === 'host' ? { session: node.host } : { cluster: node.cluster }, services),
});
