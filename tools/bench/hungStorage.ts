import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from '../say.ts';
import { ClientProcess } from './clientProcess.ts';
import { now } from './clock.ts';
import { Peers } from './peers.ts';
import { Samples, type Findings, type Way } from './results.ts';
import { domainCount, type Scene } from './scene.ts';

const runs = 3;
const limitSeconds = 5;
const noAnswer = { samples: [], instead: `no answer within ${limitSeconds} s` };

/** Ceph answers nothing; a pool is being started and a domain too, and both hang. What can still be seen? */
export async function measureHungStorage(scene: Scene, say: Say): Promise<Findings> {
  const { lab, host, far } = scene;
  say('Freezing Ceph while a pool and a domain start.');
  await host.virsh('destroy', 'web1');
  await host.virsh('pool-destroy', 'rbd-pool');
  await lab.ceph.freeze('mon');
  await lab.ceph.freeze('osd.0');
  const hanging = [host.exec(['virsh', 'pool-start', 'rbd-pool']), host.exec(['virsh', 'start', 'web1'])];
  try {
    await untilStarting(scene);
    const samples = new Samples();
    const peers = new Peers(scene, far);
    for (let run = 1; run <= runs; run++) {
      await connect(scene, samples);
      samples.add('ssh host virsh list --all', await peers.list());
    }
    const [own, others] = await Promise.all([poolsOf(scene), peers.poolList(limitSeconds)]);
    return {
      comparisons: [
        {
          title: `Ceph frozen, a pool and a domain hang as they start, round trip ${far.line.roundTripMs} ms`,
          of: 'ways',
          ways: [
            ...samples.ways,
            { name: 'extension: pools', ...own },
            { name: 'ssh host virsh pool-list --all', ...(others ? { samples: [others] } : noAnswer) },
          ],
        },
      ],
      figures: [],
      targets: [],
    };
  } finally {
    await lab.ceph.thaw('osd.0');
    await lab.ceph.thaw('mon');
    await Promise.all(hanging);
  }
}

async function connect({ bundleFolder, home, far: { name, line } }: Scene, samples: Samples): Promise<void> {
  const client = new ClientProcess(bundleFolder, home, `qemu+ssh://${name}/system`);
  await client.memory();
  line.clear();
  const { startedAt, loadedAt, doneAt, counts, calls } = await client.connect([
    'domains',
    'networks',
    'secrets',
  ]);
  if (counts.domains !== domainCount) throw new Error(`Only ${String(counts.domains)} domains were listed.`);
  const domainsAt = loadedAt.domains ?? doneAt;
  samples.add('extension: domains', { seconds: (domainsAt - startedAt) / 1000, ...line.traffic(domainsAt) });
  const all = { seconds: (doneAt - startedAt) / 1000, calls, ...line.traffic(doneAt) };
  samples.add('extension: domains, networks and secrets', all);
  await client.end();
}

/** How long the pools take, if they come at all. */
async function poolsOf({ bundleFolder, home, far }: Scene): Promise<Omit<Way, 'name'>> {
  const client = new ClientProcess(bundleFolder, home, `qemu+ssh://${far.name}/system`);
  const { startedAt } = await client.connect(['domains']);
  while (now() - startedAt < limitSeconds * 1000) {
    if ((await client.loaded()).includes('pools')) {
      await client.end();
      return { samples: [{ seconds: (now() - startedAt) / 1000 }] };
    }
    await sleep(50);
  }
  await client.end();
  return noAnswer;
}

/** Waits until libvirt works on the start of the domain. */
async function untilStarting({ host }: Scene): Promise<void> {
  while ((await host.virsh('domstate', 'web1')).trim() === 'shut off') await sleep(50);
}
