import { randomUUID } from 'node:crypto';
import { t } from '../../../../base/l10n.ts';
import { getDomainXml } from '../../../../libvirt/domains.ts';
import { newMacs } from '../../../../operations/cloneDomain/cloneDomain.ts';
import { clonePlan } from '../../../../operations/moveDisk/clonePlan.ts';
import type { MoveOrder } from '../../../../operations/moveDisk/moveOrder.ts';
import { movePlan, roomRemark } from '../../../../operations/moveDisk/movePlan.ts';
import { freeSpace } from '../../../../operations/moveDisk/moveTarget.ts';
import { rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import type { Plan } from '../../../../operations/plan/plan.ts';
import type { DomainNode } from '../../../explorer/objects/domainNode.ts';
import { wizard } from '../../../prompts/wizard.ts';
import type { CommandServices } from '../../command.ts';
import { redrawPools } from '../../domains/redrawPools.ts';
import { onObject } from '../../onObject.ts';
import { MoveQuestions, type MoveAnswers } from './askMove.ts';
import { offerOldSources } from './deleteOldSources.ts';
import { poolsBeside, type ImagesBeside } from './otherPools.ts';
import { readMoving, type Direction, type Moving } from './readMoving.ts';

/** Asks where disks of a domain go, and shows the plan. @param targets undefined: asks which disks */
export async function moveDisks(
  node: DomainNode,
  targets: readonly string[] | undefined,
  direction: Direction,
  services: CommandServices,
): Promise<void> {
  const { host } = node;
  const moving = await readMoving(node, targets, direction, services);
  const questions = new MoveQuestions(host, moving, direction);
  const answers = await wizard(titleOf(node, targets, direction), (ask) =>
    questions.ask(ask, targets === undefined),
  );
  const pool = answers?.moves[0]?.to;
  if (!answers || !pool) return;
  const { beside, order, plan } = await onObject(
    node,
    services,
    { title: t('Planning what is done to {0} on {1}', node.name, host.name) },
    async () => {
      const found: ImagesBeside = pool.client
        ? await poolsBeside(host, pool, services)
        : { cluster: undefined, pools: [] };
      const made = await orderOf(moving, answers, found);
      return { beside: found, order: made, plan: await planFor(node, made, answers) };
    },
  );
  const run = await services.plans.open(plan);
  let before = run.state;
  run.onDidChange(() => {
    const { state } = run;
    if (state === before) return;
    before = state;
    if (state === 'running') return;
    redrawPools(services, host, [pool.offer.ref.name]);
    host.connected?.knowledge.volumesChanged(pool.offer.ref.uuid);
    host.inventory?.domains.noteDefinition(node.uuid);
    beside.cluster?.imagesChanged(rbdPlaceOfPool(pool.offer.model));
    if (state === 'done' && answers.clone === undefined) void offerOldSources(node, order, services);
  });
}

function titleOf(
  { name, host }: DomainNode,
  targets: readonly string[] | undefined,
  direction: Direction,
): string {
  if (targets)
    return direction === 'rbd'
      ? t('Move {0} of {1} on {2} to RBD', targets.join(', '), name, host.name)
      : t('Move {0} of {1} on {2} to a file', targets.join(', '), name, host.name);
  return direction === 'rbd'
    ? t('Move Disks of {0} on {1} to RBD', name, host.name)
    : t('Move Disks of {0} on {1} to Files', name, host.name);
}

async function orderOf(moving: Moving, answers: MoveAnswers, beside: ImagesBeside): Promise<MoveOrder> {
  const { machine, domain, active, persistent } = moving;
  const { moves, options, bandwidth } = answers;
  const free = moves[0] && (await freeSpace(machine, moves[0].to));
  const room = moves.flatMap((move) =>
    free === undefined ? [] : (roomRemark(move, free.bytes, move.to.offer.ref.name) ?? []),
  );
  return {
    ...{ host: machine, domain, active, persistent, moves, bandwidth },
    compare: options.has('compare'),
    renewAddress: options.has('renewAddress'),
    remarks: [...answers.remarks, ...moving.remarks, ...room],
    otherPools: beside.pools,
  };
}

async function planFor({ host }: DomainNode, order: MoveOrder, { clone }: MoveAnswers): Promise<Plan> {
  if (clone === undefined) return movePlan(order);
  const definition = await getDomainXml(order.host.connection, order.domain, { inactive: true });
  const known = host.connected?.knowledge.current?.domains ?? [];
  const macs = await newMacs(definition, new Set(known.flatMap((domain) => domain.macs)));
  return clonePlan(order, { name: clone, uuid: randomUUID(), macs });
}
