/**
 * The program that is measured: the extension's way to a host, without VS Code. A program of its own, so that a first
 * connect is a first one. Its arguments are a home folder with ~/.ssh/config, and a libvirt URI.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog, type Log } from '../../src/base/log.ts';
import { parseHostAddress } from '../../src/hosts/hostAddress.ts';
import { HostSession } from '../../src/hosts/hostSession.ts';
import { groupNames, type GroupName, type Inventory } from '../../src/hosts/inventory/inventory.ts';
import type { SshPrompts } from '../../src/transport/ssh/sshPrompts.ts';
import { now } from './clock.ts';
import type { MeasuredAnswer, MeasuredCall, MeasuredClient, Reading } from './measuredClient.ts';

/** The key of the lab is enough: nobody is asked. */
const nobody: SshPrompts = {
  confirmHostKey: () => Promise.resolve(undefined),
  passphrase: () => Promise.resolve(undefined),
  password: () => Promise.resolve(undefined),
  keyboardInteractive: () => Promise.resolve(undefined),
};

const [home = '', uri = ''] = process.argv.slice(2);
const address = parseHostAddress(uri);
let calls = 0;
let loggedInAt = 0;

/** Counts libvirt's answers, which the connection notes. */
const log: Log = {
  ...silentLog,
  debug: (line) => {
    if (/: procedure \d+ answered/.test(line)) calls += 1;
  },
};

const session = new HostSession(address.suggestedName, address, {
  log,
  autoReconnect: () => false,
  openTransport: async ({ address: { reach }, signal, whileWaiting }) => {
    if (reach.kind !== 'ssh') throw new Error(`${uri} is not reached by SSH.`);
    const [{ resolveSshHost }, { connectSsh }] = await Promise.all([
      import('../../src/transport/ssh/config/resolveSshHost.ts'),
      import('../../src/transport/ssh/connectSsh.ts'),
    ]);
    const config = await resolveSshHost(reach.destination, { home, env: {}, log });
    const transport = await connectSsh(config, nobody, log, { signal, whileWaiting });
    loggedInAt = now();
    return transport;
  },
});

function readingSince(startedAt: number, inventory: Inventory): Reading {
  if (calls === 0)
    throw new Error('The connection does not note its answers any more: calls cannot be counted.');
  const counts = groupNames.map((name) => [name, inventory[name].entries.size]);
  return { startedAt, doneAt: now(), calls, counts: Object.fromEntries(counts) as Reading['counts'] };
}

/** Looks at once and after every change of the inventory until there is something. */
async function watch<T>(inventory: Inventory, look: () => T | undefined): Promise<T> {
  const found = look();
  if (found !== undefined) return found;
  return new Promise((resolve) => {
    const listener = inventory.onDidChange(() => {
      const later = look();
      if (later === undefined) return;
      listener.dispose();
      resolve(later);
    });
  });
}

const client: MeasuredClient = {
  connect: async (groups) => {
    session.disconnect();
    calls = 0;
    const startedAt = now();
    const { inventory } = await session.connect();
    const openedAt = now();
    const loadedAt: Partial<Record<GroupName, number>> = {};
    await watch(inventory, () => {
      for (const name of groups) {
        if (inventory[name].status.kind === 'loaded') loadedAt[name] ??= now();
      }
      return groups.every((name) => loadedAt[name] !== undefined) ? true : undefined;
    });
    return { ...readingSince(startedAt, inventory), loggedInAt, openedAt, loadedAt };
  },
  loaded: () => {
    const { inventory } = session.require();
    return Promise.resolve(groupNames.filter((name) => inventory[name].status.kind === 'loaded'));
  },
  refresh: async () => {
    const { inventory } = session.require();
    calls = 0;
    const startedAt = now();
    await inventory.load();
    return readingSince(startedAt, inventory);
  },
  awaitDomain: async ({ name, state }) => {
    const { inventory } = session.require();
    return watch(inventory, () =>
      [...inventory.domains.entries.values()].some(
        (entry) => entry.ref.name === name && entry.state === state,
      )
        ? now()
        : undefined,
    );
  },
  images: async (pool) => {
    const { CephClusters } = await import('../../src/hosts/clusters/cephClusters.ts');
    const sessions = { sessions: [session], onDidChange: () => ({ dispose: () => undefined }) };
    const clusters = new CephClusters(sessions, log);
    await clusters.settled();
    const [cluster] = clusters.clusters;
    if (!cluster) throw new Error(`No Ceph cluster was found behind ${uri}.`);
    const startedAt = now();
    const images = cluster.imagesOf({ pool, namespace: undefined });
    const names = await images.names.get();
    const namedAt = now();
    const described = new Promise<void>((resolve) => {
      cluster.onDidChangeImages(() => {
        if (names.every((name) => images.details(name) !== undefined)) resolve();
      });
    });
    images.wantDetails();
    await described;
    return { startedAt, namedAt, doneAt: now(), count: names.length };
  },
  memory: async () => {
    for (let turn = 0; turn < 3; turn++) {
      globalThis.gc?.();
      await sleep(50);
    }
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed };
  },
};

/** Whatever the method takes is what the caller, who knows its type, has sent. */
const methods: Readonly<Record<MeasuredCall['method'], (argument: never) => Promise<unknown>>> = client;

async function answer({ method, argument }: MeasuredCall): Promise<MeasuredAnswer> {
  try {
    return { result: await methods[method](argument as never) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (call: MeasuredCall) => {
  void answer(call).then((message) => process.send?.(message));
});
process.once('disconnect', () => {
  process.exit();
});
