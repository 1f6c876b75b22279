import { CodedProblem, TimeoutError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import type { CephAccess } from '../../../ceph/cephAccess.ts';
import { qemuCommand } from '../../../ceph/qemuRbd.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import type { Command, Transport } from '../../../transport/transport.ts';
import { speedTests, type Speed, type SpeedTest } from './speedTests.ts';

/** What is measured: an RBD image, or a file on the host. Its content is overwritten. */
export type SpeedTarget =
  | { readonly kind: 'image'; readonly image: RbdImage; readonly access: CephAccess }
  | { readonly kind: 'file'; readonly path: string };

export interface SpeedOptions {
  readonly signal: AbortSignal;
  readonly report: ReportProgress;
}

/** A speed could not be measured. */
export class SpeedProblem extends CodedProblem<'no-program' | 'failed' | 'left'> {}

/** One test may not take longer, however slow the storage is. */
const timeoutMs = 300_000;
/** A test that took less is done again with more requests, so that its number means something. */
const enoughSeconds = 1;

/** Speeds by test, and whether the host's page cache was in between, because the storage cannot be used without. */
export interface MeasuredSpeeds {
  readonly speeds: readonly Speed[];
  readonly isCached: boolean;
}

/** Has QEMU write and read as a domain's disk without cache would. The first test fills the target. */
export async function measureSpeed(
  transport: Transport,
  target: SpeedTarget,
  options: SpeedOptions,
): Promise<MeasuredSpeeds> {
  const speeds: Speed[] = [];
  let cache: Cache = 'none';
  for (const [index, test] of speedTests.entries()) {
    options.report({ fraction: index / speedTests.length, message: test.title() });
    try {
      speeds.push(await measureLongEnough(transport, target, test, cache, options.signal));
    } catch (error) {
      // tmpfs and some network file systems know no direct I/O.
      if (index > 0 || target.kind !== 'file' || !isCacheRefusal(error)) throw error;
      cache = 'writeback';
      speeds.push(await measureLongEnough(transport, target, test, cache, options.signal));
    }
  }
  return { speeds, isCached: cache !== 'none' };
}

type Cache = 'none' | 'writeback';

function isCacheRefusal(error: unknown): boolean {
  return error instanceof SpeedProblem && /O_DIRECT|Invalid argument/.test(error.raw ?? '');
}

async function measureLongEnough(
  transport: Transport,
  target: SpeedTarget,
  test: SpeedTest,
  cache: Cache,
  signal: AbortSignal,
): Promise<Speed> {
  const first = await measureOnce(transport, target, test, { cache, count: test.count, signal });
  if (first >= enoughSeconds) return speedOf(test, test.count, first);
  const count = Math.min(test.maxCount, Math.ceil((test.count * enoughSeconds) / Math.max(first, 0.01)));
  return speedOf(test, count, await measureOnce(transport, target, test, { cache, count, signal }));
}

function speedOf(test: SpeedTest, count: number, seconds: number): Speed {
  const requestsPerSecond = count / seconds;
  return { test, requestsPerSecond, bytesPerSecond: requestsPerSecond * test.requestBytes };
}

interface Run {
  readonly cache: Cache;
  readonly count: number;
  readonly signal: AbortSignal;
}

/** @returns seconds */
async function measureOnce(
  transport: Transport,
  target: SpeedTarget,
  test: SpeedTest,
  { cache, count, signal }: Run,
): Promise<number> {
  const words = (file: string): Command => [
    ...(['qemu-img', 'bench', '-f', 'raw', '-t', cache] as const),
    ...['-s', String(test.requestBytes), '-S', String(test.stepBytes)],
    ...['-d', String(test.depth), '-c', String(count)],
    ...(test.isWrite ? ['-w'] : []),
    file,
  ];
  const { command, input } =
    target.kind === 'image'
      ? qemuCommand(target.access, (nameOf) => words(nameOf(target.image)))
      : { command: words(target.path), input: '' };
  const result = await transport.exec(command, { input, signal, timeoutMs });
  const seconds = Number(/Run completed in ([0-9.]+) seconds/.exec(result.stdout.toString())?.[1]);
  if (result.exitCode === 0 && seconds > 0) return seconds;
  if (result.exitCode === 127)
    throw new SpeedProblem('no-program', t('{0} is not installed on {1}.', 'qemu-img', transport.label), {
      advice: t('Install the package qemu-utils (qemu-img) on the host, then try again.'),
    });
  if (result.exitCode === undefined)
    throw new TimeoutError(t('{0} on {1} was ended before it was done.', 'qemu-img bench', transport.label));
  throw new SpeedProblem('failed', t('The speed could not be measured on {0}.', transport.label), {
    raw: result.stderr,
    advice: t('QEMU on the host needs its module for RBD (qemu-block-extra) and enough free space.'),
  });
}
