import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { formatBytes } from '../../base/sizes.ts';
import { storageNameOfDisk } from '../devices/diskStorage.ts';
import type { PlanStep } from '../plan/plan.ts';
import { virshCommand } from '../plan/planHost.ts';
import { movingOf, type DiskMove, type MoveOrder } from './moveOrder.ts';
import { MoveProblem } from './moveProblem.ts';
import { freeSpace, takenNames } from './moveTarget.ts';
import { isDomainActive, readMovableDisk } from './readMovableDisk.ts';

/** Looks again whether everything is as it was when the plan was made, and whether there is room. */
export function checkStep(order: MoveOrder): PlanStep {
  const { host, domain, active, moves } = order;
  return {
    title: active
      ? t('Check that {0} runs, and that there is room', domain.name)
      : t('Check that {0} is shut off, and that there is room', domain.name),
    host: host.shell,
    commands: [
      {
        argv: [
          ...[
            'sh',
            '-c',
            'test "$(LC_ALL=C virsh -c "$1" domstate --domain="$2" | head -n 1)" "$3" "shut off"',
          ],
          ...['sh', host.driverUri, domain.name, active ? '!=' : '='],
        ],
      },
      ...poolsOf(moves).map(({ to }) => virshCommand(host, ['pool-info', '--pool', to.offer.ref.name])),
    ],
    run: async ({ signal, note }) => {
      await refuseOtherState(order, { signal });
      for (const { disk } of moves) await refuseOtherSource(order, disk.disk.target, disk, { signal });
      const rooms: string[] = [];
      for (const one of poolsOf(moves)) rooms.push(await refuseFull(order, one, { signal }));
      note(rooms.join(', '));
    },
  };
}

/** Rejects when the domain was started or has stopped meanwhile. */
export async function refuseOtherState(
  { host, domain, active }: MoveOrder,
  options?: WaitOptions,
): Promise<void> {
  if ((await isDomainActive({ machine: host, domain }, options)) === active) return;
  throw new MoveProblem(
    'domain-state',
    active
      ? t('{0} on {1} does not run any more.', domain.name, host.name)
      : t('{0} on {1} runs.', domain.name, host.name),
    {
      advice: active
        ? t('Start the command again: its disks are copied without it then.')
        : t('Shut it down, or start the command again: its disks are copied while it runs then.'),
    },
  );
}

async function refuseOtherSource(
  order: MoveOrder,
  target: string,
  planned: DiskMove['disk'],
  options: WaitOptions,
): Promise<void> {
  const now = await readMovableDisk(movingOf(order), target, options);
  const before = planned.disk.source && storageNameOfDisk(planned.disk.source);
  if ((now.disk.source && storageNameOfDisk(now.disk.source)) === before && now.size === planned.size) return;
  throw new MoveProblem(
    'source-changed',
    t(
      '{0} of {1} on {2} is another one than when this plan was made.',
      target,
      order.domain.name,
      order.host.name,
    ),
    { advice: t('Start the command again.') },
  );
}

/** One move for each pool. */
function poolsOf(moves: readonly DiskMove[]): readonly DiskMove[] {
  return moves.filter(
    ({ to }, index) => moves.findIndex((other) => other.to.offer.ref.uuid === to.offer.ref.uuid) === index,
  );
}

/** What of the disk has to fit: no more than it holds, all of it where nobody knows. */
export function neededBytes({ disk }: DiskMove): number {
  return Math.min(disk.data ?? disk.size, disk.size);
}

/** @returns what there is, in words */
async function refuseFull(
  { host, moves }: MoveOrder,
  { to }: DiskMove,
  options: WaitOptions,
): Promise<string> {
  const here = moves.filter((move) => move.to.offer.ref.uuid === to.offer.ref.uuid);
  const pool = to.offer.ref.name;
  const [free, taken] = await Promise.all([freeSpace(host, to, options), takenNames(host, to, options)]);
  const clash = here.find((move) => taken.has(move.to.name));
  if (clash)
    throw new MoveProblem(
      'name-taken',
      t('The pool {0} on {1} has a volume {2} already.', pool, host.name, clash.to.name),
      { advice: t('Start the command again and take another name.') },
    );
  const needed = here.reduce((sum, move) => sum + neededBytes(move), 0);
  const words = t('{0} to copy, {1} free in {2}', formatBytes(needed), formatBytes(free.bytes), pool);
  if (needed <= free.bytes) return words;
  throw new MoveProblem(
    'no-space',
    free.isQuota
      ? t('{0}: its quota leaves no room for it.', words)
      : t('{0}: there is no room for it.', words),
    {
      advice: free.isQuota
        ? t('Raise the quota of the Ceph pool, or take another pool.')
        : t('Make room, or take another pool.'),
    },
  );
}
