import { randomBytes, randomUUID } from 'node:crypto';
import { CancelledError, messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import {
  defineDomain,
  getDomainState,
  getDomainXml,
  resumeDomain,
  suspendDomain,
} from '../../libvirt/domains.ts';
import { parseXml } from '../../libvirt/model/element.ts';
import { DomainState } from '../../libvirt/protocol/domainStates.ts';
import type { DomainRef, PoolRef } from '../../libvirt/protocol/refs.ts';
import { refreshPool } from '../../libvirt/storagePools.ts';
import { isOnHost } from '../domains/hostFile.ts';
import type { LibvirtMachine } from '../volumes/cephClientOf.ts';
import {
  cloneDisk,
  dropCopiedSnapshots,
  snapshotForClone,
  type CloneSnapshots,
  type CloneWork,
  type DiskOrder,
} from './cloneDisk.ts';
import { renamedPath } from './cloneEdits.ts';
import { cloneXml, type ClonedDisk } from './cloneXml.ts';
import { UndoStack } from './undoStack.ts';

export interface CloneOrder {
  readonly name: string;
  readonly disks: readonly DiskOrder[];
  /** Whether the clone gets the UEFI variables of the original, or new ones. */
  readonly copyNvram: boolean;
  /** In lower case: no interface of the clone gets one of these. */
  readonly usedMacs: ReadonlySet<string>;
}

export interface CloneOptions {
  readonly signal?: AbortSignal | undefined;
  readonly report?: ReportProgress | undefined;
}

export interface Cloned {
  readonly ref: DomainRef;
  /** What the person should know of it, a sentence each. */
  readonly notices: readonly string[];
}

/** A clone was not made, and not all of what was made for it could be taken away again. */
export class CloneLeftProblem extends Problem {
  readonly code = 'clone-left';

  constructor(name: string, host: string, left: readonly string[], cause: unknown) {
    super(
      t(
        '{0} was not made on {1}: {2}. This is left of it: {3}',
        name,
        host,
        messageOf(cause),
        left.join('; '),
      ),
      { cause, advice: t('Delete it by hand.'), raw: left.join('\n') },
    );
  }
}

/**
 * Makes another domain of the same kind: its own name, UUID, MAC addresses, disks. While the original runs, it is
 * paused for the moment in which snapshots of its RBD disks are taken. When this fails or is cancelled, what was made
 * is taken away again, or a {@link CloneLeftProblem} says what is left.
 */
export async function cloneDomain(
  machine: LibvirtMachine,
  original: DomainRef,
  order: CloneOrder,
  { signal, report = () => undefined }: CloneOptions = {},
): Promise<Cloned> {
  const undo = new UndoStack();
  try {
    return await makeClone(original, order, { machine, undo, signal, report });
  } catch (error) {
    const left = await undo.undo();
    if (left.length > 0) throw new CloneLeftProblem(order.name, machine.connection.host, left, error);
    throw error;
  }
}

async function makeClone(original: DomainRef, order: CloneOrder, work: CloneWork): Promise<Cloned> {
  const { machine, signal, report } = work;
  const { connection } = machine;
  // With passwords: the clone would have none otherwise.
  const definition = await getDomainXml(connection, original, { inactive: true, secure: true, signal });
  const { state } = await getDomainState(connection, original, { signal });
  const snapshots = await takeSnapshots(original, order, state, work);
  const disks = new Map<string, ClonedDisk>();
  for (const [index, disk] of order.disks.entries()) {
    stopIfCancelled(signal);
    const share = (part: number): number => (index + part) / order.disks.length;
    const message = t('{0}: {1}', disk.disk.target, disk.name);
    report({ fraction: share(0), message });
    const reportPart: ReportProgress = ({ fraction = 0 }) => {
      report({ fraction: share(fraction), message });
    };
    disks.set(disk.disk.target, await cloneDisk(disk, snapshots, { ...work, report: reportPart }));
  }
  const unlisted = await refreshPools(order, work);
  const nvram = order.copyNvram ? await copyNvram(definition, original.name, order.name, work) : undefined;
  stopIfCancelled(signal);
  const macs = await newMacs(definition, order.usedMacs);
  const { xml, notices } = cloneXml(definition, {
    ...{ name: order.name, uuid: randomUUID(), macs, disks },
    nvram: nvram?.path,
  });
  const { ref } = await defineDomain(connection, xml, { signal });
  const left = await dropCopiedSnapshots(order.disks, snapshots);
  return {
    ref,
    notices: [
      ...notices,
      ...unlisted,
      ...(nvram?.notice === undefined ? [] : [nvram.notice]),
      ...(left.length > 0 ? [t('These snapshots could not be removed: {0}.', left.join(', '))] : []),
    ],
  };
}

/** libvirt hears of what rbd has made only when it looks. @returns what to say where that fails */
async function refreshPools(
  { disks }: CloneOrder,
  { machine: { connection }, undo, signal }: CloneWork,
): Promise<readonly string[]> {
  const pools = new Map<string, PoolRef>();
  for (const { source, choice } of disks) {
    const isMade = choice === 'copy' || choice === 'overlay';
    if (isMade && source?.kind === 'rbd' && source.pool) pools.set(source.pool.uuid, source.pool);
  }
  const failures: string[] = [];
  for (const pool of pools.values()) {
    undo.madeFirst(pool.name, () => refreshPool(connection, pool));
    await refreshPool(connection, pool, { signal }).catch((error: unknown) => {
      failures.push(t('The pool {0} was not refreshed: {1}', pool.name, messageOf(error)));
    });
  }
  return failures;
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CancelledError();
}

/** The disks of a guest that runs are all of one moment: it is paused meanwhile. */
async function takeSnapshots(
  original: DomainRef,
  { disks, name }: CloneOrder,
  state: number,
  work: CloneWork,
): Promise<CloneSnapshots> {
  const { connection } = work.machine;
  const isOn = state !== DomainState.shutoff && state !== DomainState.crashed;
  const take = (): Promise<CloneSnapshots> => snapshotForClone(disks, isOn, `clone-${name}`, work);
  const isRunning = state === DomainState.running || state === DomainState.blocked;
  if (
    !isRunning ||
    !disks.some(({ source, choice }) => source && (choice === 'copy' || choice === 'overlay'))
  )
    return take();
  await suspendDomain(connection, original, { signal: work.signal });
  try {
    return await take();
  } finally {
    await resumeDomain(connection, original);
  }
}

interface CopiedNvram {
  readonly path: string | undefined;
  readonly notice?: string;
}

/** Where this account may not copy the file, libvirt makes a new one. */
async function copyNvram(
  definition: string,
  before: string,
  after: string,
  { machine: { transport }, undo, signal }: CloneWork,
): Promise<CopiedNvram | undefined> {
  const file = (await parseXml(definition)).child('os')?.textOf('nvram');
  if (!file?.startsWith('/')) return undefined;
  const path = renamedPath(file, before, after);
  const refused: CopiedNvram = {
    path: undefined,
    notice: t('The UEFI variables could not be copied: the clone starts with new ones.'),
  };
  if (path === file || (await isOnHost(transport, path, { signal })) !== false) return refused;
  const { exitCode } = await transport.exec(['cp', '-p', '--', file, path], { signal, timeoutMs: 60_000 });
  if (exitCode !== 0) return refused;
  undo.made(path, () => transport.exec(['rm', '-f', '--', path]));
  return { path };
}

/** One for each interface, of the same maker. @param used in lower case: those that are taken */
export async function newMacs(definition: string, used: ReadonlySet<string>): Promise<readonly string[]> {
  const interfaces = (await parseXml(definition)).child('devices')?.children('interface') ?? [];
  const taken = new Set(used);
  return interfaces.map((card) => {
    const before = card.child('mac')?.attribute('address') ?? '';
    const maker = /^(?:[0-9a-f]{2}:){3}/i.exec(before)?.[0].toLowerCase() ?? '52:54:00:';
    for (;;) {
      const own = [...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
      const mac = maker + own;
      if (taken.has(mac)) continue;
      taken.add(mac);
      return mac;
    }
  });
}
