import { setTimeout as sleep } from 'node:timers/promises';
import { DomainState } from '../../src/libvirt/protocol/domainStates.ts';
import { groupNames } from '../../src/hosts/inventory/inventory.ts';
import type { Say } from '../say.ts';
import { ClientProcess } from './clientProcess.ts';
import { now } from './clock.ts';
import type { Reading } from './measuredClient.ts';
import { Peers } from './peers.ts';
import { median, medianOf, Samples, type Findings, type Sample } from './results.ts';
import { domainCount, poolCount, type Reach, type Scene } from './scene.ts';

const runs = 5;
const peerRuns = 3;
/** `virsh -c qemu+ssh` needs a minute over 50 ms. */
const patientRuns = { near: 3, far: 1 };

const objects = `${domainCount} domains and ${poolCount} pools`;

/** Stopped at its first instruction, and so of no cost. */
const domain = 'cache1';

/** From click to full tree, reading it again, and an event, without latency and with, beside OpenSSH and virsh. */
export async function measureFullTree(scene: Scene, say: Say): Promise<Findings> {
  await scene.host.virsh('start', domain, '--paused');
  const near = await new FullTree(scene, scene.near).measure(say);
  const far = await new FullTree(scene, scene.far).measure(say);
  const delayed = await new FullTree(scene, scene.delayed).measureConnecting(say);
  await scene.host.virsh('destroy', domain);
  return {
    comparisons: [...near.comparisons, ...far.comparisons, ...delayed.comparisons],
    figures: far.figures,
    targets: [...delayed.targets, ...far.targets],
  };
}

class FullTree {
  readonly #scene: Scene;
  readonly #reach: Reach;
  readonly #peers: Peers;
  readonly #connecting = new Samples();
  readonly #stages = new Samples();
  readonly #refreshing = new Samples();
  readonly #events = new Samples();
  readonly #memory: Record<'heapBefore' | 'heap' | 'rssBefore' | 'rss', number[]> = {
    heapBefore: [],
    heap: [],
    rssBefore: [],
    rss: [],
  };

  constructor(scene: Scene, reach: Reach) {
    this.#scene = scene;
    this.#reach = reach;
    this.#peers = new Peers(scene, reach);
  }

  async measure(say: Say): Promise<Findings> {
    const { name, line } = this.#reach;
    const where = `round trip ${line.roundTripMs} ms`;
    await this.#peers.keepConnection();
    for (let run = 1; run <= runs; run++) {
      say(`${where}: run ${run} of ${runs}`);
      await this.#runClient();
      if (run <= peerRuns) await this.#runPeers();
    }
    await this.#peers.stopKeeping();
    const patient = name === 'near' ? patientRuns.near : patientRuns.far;
    for (let run = 1; run <= patient; run++) {
      say(`${where}: virsh -c qemu+ssh, run ${run} of ${patient}`);
      this.#connecting.add('virsh -c qemu+ssh list --all', await this.#peers.remoteList());
    }
    return this.#findings(where);
  }

  /** The way to the full tree only, and what `ssh host virsh` needs for it. */
  async measureConnecting(say: Say): Promise<Findings> {
    const where = `latency of ${this.#reach.line.roundTripMs} ms alone`;
    for (let run = 1; run <= runs; run++) {
      say(`${where}: run ${run} of ${runs}`);
      const client = this.#startClient();
      await this.#connect(client);
      await client.end();
      if (run <= peerRuns) {
        this.#connecting.add('ssh host virsh, all four lists', await this.#peers.allLists());
      }
    }
    const title = `From click to full tree: ${objects}, ${where}`;
    const name = `full tree, first of a window, ${where}`;
    return {
      comparisons: [{ title, of: 'ways', ways: this.#connecting.ways }],
      figures: [],
      targets: [{ name, limit: 0.6, unit: 's', value: this.#medianOfFirst() }],
    };
  }

  #startClient(): ClientProcess {
    const { bundleFolder, home } = this.#scene;
    return new ClientProcess(bundleFolder, home, `qemu+ssh://${this.#reach.name}/system`);
  }

  async #runClient(): Promise<void> {
    const client = this.#startClient();
    const before = await client.memory();
    await this.#connect(client);
    await this.#refresh(client);
    await this.#event(client);
    const { heapUsed, rss } = await client.memory();
    this.#memory.heapBefore.push(before.heapUsed / 1e6);
    this.#memory.heap.push(heapUsed / 1e6);
    this.#memory.rssBefore.push(before.rss / 1e6);
    this.#memory.rss.push(rss / 1e6);
    await client.end();
  }

  async #connect(client: ClientProcess): Promise<void> {
    const { line } = this.#reach;
    for (const which of ['first of a window', 'later']) {
      line.clear();
      const connecting = await client.connect(groupNames);
      requireAll(connecting);
      const sample = (until: number): Sample => ({
        seconds: (until - connecting.startedAt) / 1000,
        ...line.traffic(until),
      });
      this.#connecting.add(`extension, ${which}`, { ...sample(connecting.doneAt), calls: connecting.calls });
      if (which === 'later') {
        this.#stages.add('logged in by SSH', sample(connecting.loggedInAt));
        this.#stages.add('libvirt opened', sample(connecting.openedAt));
        for (const group of groupNames) {
          this.#stages.add(`${group} listed`, sample(connecting.loadedAt[group] ?? NaN));
        }
      }
      await this.#silence();
    }
  }

  async #refresh(client: ClientProcess): Promise<void> {
    this.#reach.line.clear();
    const reading = await client.refresh();
    requireAll(reading);
    this.#refreshing.add('extension', {
      seconds: (reading.doneAt - reading.startedAt) / 1000,
      calls: reading.calls,
      ...this.#reach.line.traffic(reading.doneAt),
    });
  }

  /** Somebody on the host resumes a domain and suspends it again. */
  async #event(client: ClientProcess): Promise<void> {
    await this.#change(client, 'resume', DomainState.running);
    await this.#silence();
    this.#reach.line.clear();
    const { seen, command } = await this.#change(client, 'suspend', DomainState.paused);
    this.#events.add('extension: the inventory says so', { seconds: seen, ...this.#reach.line.traffic() });
    this.#events.add('the command itself, until it returns', { seconds: command });
  }

  /** Seconds from the start of the command: until the inventory tells of it, and until it returns. */
  async #change(
    client: ClientProcess,
    action: 'resume' | 'suspend',
    state: number,
  ): Promise<{ readonly seen: number; readonly command: number }> {
    const seen = client.awaitDomain({ name: domain, state });
    const startedAt = now();
    await this.#scene.host.virsh(action, domain);
    const command = (now() - startedAt) / 1000;
    return { seen: ((await seen) - startedAt) / 1000, command };
  }

  async #runPeers(): Promise<void> {
    const list = await this.#peers.list();
    const kept = await this.#peers.keptList();
    this.#connecting.add('ssh host virsh list --all', list);
    this.#connecting.add('ssh host virsh, all four lists', await this.#peers.allLists());
    this.#refreshing.add('ssh host virsh list --all', list);
    this.#refreshing.add('the same over a kept connection', kept);
    this.#events.add('one poll: ssh host virsh list --all', list);
    this.#events.add('one poll over a kept connection', kept);
  }

  /** Until nothing of what was asked for is under way any more. */
  async #silence(): Promise<void> {
    await sleep(300 + 8 * this.#reach.line.roundTripMs);
  }

  #medianOfFirst(): number {
    return median(this.#connecting.ways[0]?.samples.map(({ seconds }) => seconds) ?? []);
  }

  #findings(where: string): Findings {
    const [first] = this.#connecting.ways;
    const { heapBefore, heap, rssBefore, rss } = this.#memory;
    return {
      comparisons: [
        { title: `From click to full tree: ${objects}, ${where}`, of: 'ways', ways: this.#connecting.ways },
        { title: `The stages of a later connect, ${where}`, of: 'stages', ways: this.#stages.ways },
        { title: `Reading everything again, ${where}`, of: 'ways', ways: this.#refreshing.ways },
        {
          title: `From a domain being suspended on the host to the tree, ${where}`,
          of: 'ways',
          ways: this.#events.ways,
        },
      ],
      figures: [
        { name: 'heap of a plain Node before the connect', values: heapBefore, unit: 'MB' },
        { name: `heap with ${objects}`, values: heap, unit: 'MB' },
        { name: 'RSS of a plain Node before the connect', values: rssBefore, unit: 'MB' },
        { name: `RSS with ${objects}`, values: rss, unit: 'MB' },
      ],
      targets: [
        {
          name: `full tree, first of a window, ${where}`,
          limit: 0.6,
          unit: 's',
          value: this.#medianOfFirst(),
        },
        {
          name: `full tree, ${where}`,
          limit: 12,
          unit: 'round trips',
          value: medianOf(first?.samples ?? [], 'roundTrips') ?? NaN,
        },
      ],
    };
  }
}

function requireAll({ counts }: Reading): void {
  if (counts.domains === domainCount && counts.pools === poolCount) return;
  throw new Error(`The tree has ${JSON.stringify(counts)}, not all there is.`);
}
