import { objectCommand } from '../command.ts';
import { clusterFor } from './clusterOf.ts';
import { openConnectionPlan } from './connectPool/openConnectionPlan.ts';

/** Makes a Ceph pool the storage of libvirt on hosts: asks, then shows the plan. */
export const connectPoolCommand = objectCommand({
  id: 'libvirt.cephPool.connect',
  on: {
    kinds: ['cephPool', 'cluster', 'host'],
    traits: ['connected'],
    groups: ['pools'],
  },
  run: async (node, services) => {
    if (node.kind === 'host') {
      const cluster = await clusterFor(node.host, services);
      if (cluster) await openConnectionPlan(cluster, { hosts: [node.host] }, services);
      return;
    }
    const cephPool = node.kind === 'cephPool' ? node.name : undefined;
    await openConnectionPlan(node.cluster, { cephPool }, services);
  },
});
