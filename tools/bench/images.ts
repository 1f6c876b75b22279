import { cephPool } from '../lab/cephCluster.ts';
import { createLoadImages } from '../lab/load.ts';
import type { Say } from '../say.ts';
import { ClientProcess } from './clientProcess.ts';
import { Peers } from './peers.ts';
import { Samples, type Findings } from './results.ts';
import type { Scene } from './scene.ts';

const imageCount = 3000;
const runs = 3;

/** From the click on a Ceph pool with thousands of images to their names, and to what there is to know of them. */
export async function measureImages(scene: Scene, say: Say): Promise<Findings> {
  const { lab, near, home, bundleFolder } = scene;
  say(`Making ${imageCount} RBD images.`);
  await createLoadImages(lab.ceph, cephPool, imageCount);
  const samples = new Samples();
  const peers = new Peers(scene, near);
  for (let run = 1; run <= runs; run++) {
    say(`Images, run ${run} of ${runs}.`);
    const client = new ClientProcess(bundleFolder, home, `qemu+ssh://${near.name}/system`);
    await client.connect(['domains', 'pools', 'networks', 'secrets']);
    near.line.clear();
    const { startedAt, namedAt, doneAt, count } = await client.images(cephPool);
    if (count < imageCount) throw new Error(`Only ${count} images were listed.`);
    samples.add('extension: their rows', { seconds: (namedAt - startedAt) / 1000 });
    samples.add('`ssh host rbd ls`', await peers.images(cephPool));
    samples.add('extension: sizes, parents, snapshots, locks', { seconds: (doneAt - startedAt) / 1000 });
    samples.add('`ssh host rbd ls -l`', await peers.images(cephPool, '-l'));
    await client.end();
  }
  return {
    comparisons: [
      {
        title: `A Ceph pool with ${imageCount} images is opened, no latency`,
        of: 'ways',
        ways: samples.ways,
      },
    ],
    figures: [],
    targets: [],
  };
}
