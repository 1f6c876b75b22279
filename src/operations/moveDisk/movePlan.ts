import { t } from '../../base/l10n.ts';
import { formatBytes } from '../../base/sizes.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { virshCommand } from '../plan/planHost.ts';
import { checkStep } from './checkStep.ts';
import { blockCopyStep, compareStep, convertStep } from './copyStep.ts';
import { createStep } from './createStep.ts';
import { defineStep, needsSettling, settingsStep, watcherStep } from './defineSteps.ts';
import type { DiskMove, MoveOrder } from './moveOrder.ts';
import { remarksOnDisk } from './moveWords.ts';

/**
 * Moves disks of a domain to volumes that are made for them. Until all are copied nothing of the domain changes; the
 * old images stay in any case.
 */
export function movePlan(order: MoveOrder): Plan {
  const { moves, active } = order;
  return {
    title: titleOf(order),
    remarks: [
      ...remarksOf(order),
      active
        ? t('The guest goes on meanwhile; what it writes goes to both images until the copy is complete.')
        : t('The domain must stay off until this is done.'),
      t('The old images stay as they are until you delete them.'),
    ],
    steps: [
      checkStep(order),
      ...moves.map((move) => createStep(order, move)),
      ...(active ? moves.flatMap((move) => liveSteps(order, move)) : offSteps(order)),
      ...refreshSteps(order),
    ],
  };
}

export function remarksOf({ moves, domain, remarks }: MoveOrder): readonly string[] {
  return [...moves.flatMap((move) => remarksOnDisk(move, domain.name)), ...remarks];
}

function titleOf({ moves, domain, host }: MoveOrder): string {
  const targets = moves.map(({ disk }) => disk.disk.target).join(', ');
  const isToRbd = moves.every(({ to }) => to.offer.kind === 'rbd');
  return isToRbd
    ? t('Move {0} of {1} on {2} to RBD', targets, domain.name, host.name)
    : t('Move {0} of {1} on {2} to files', targets, domain.name, host.name);
}

function liveSteps(order: MoveOrder, move: DiskMove): readonly PlanStep[] {
  const watcher = watcherStep(order, move);
  return [
    blockCopyStep(order, move),
    ...(needsSettling(move, order) ? [settingsStep(order, move)] : []),
    ...(watcher ? [watcher] : []),
  ];
}

/** What copies the disks of a domain that is off. */
export function copySteps(order: MoveOrder): readonly PlanStep[] {
  return order.moves.flatMap((move) => [
    convertStep(order, move),
    ...(order.compare ? [compareStep(order, move)] : []),
  ]);
}

function offSteps(order: MoveOrder): readonly PlanStep[] {
  return [...copySteps(order), ...order.moves.map((move) => defineStep(order, move))];
}

/** Other hosts do not hear of a new image. */
export function refreshSteps({ otherPools }: MoveOrder): readonly PlanStep[] {
  return otherPools.map(({ host, name, refresh }) => ({
    title: t('Refresh the storage pool {0}', name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-refresh', '--pool', name])],
    run: refresh,
  }));
}

/** A sentence where more is free to write for the guest than the pool has room for. */
export function roomRemark({ disk }: DiskMove, free: number, pool: string): string | undefined {
  return disk.size <= free
    ? undefined
    : t(
        'The guest may fill {0} up to {1}, but {2} has room for {3} only.',
        disk.disk.target,
        formatBytes(disk.size),
        pool,
        formatBytes(free),
      );
}
