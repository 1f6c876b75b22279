import { t } from '../../base/l10n.ts';
import { defineDomain, getDomainXml, lookupDomain, undefineDomain } from '../../libvirt/domains.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { parseDomain } from '../../libvirt/model/domain.ts';
import { DomainUndefine } from '../../libvirt/protocol/domainFlags.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { cloneXml, type ClonedDisk, type ClonedXml } from '../cloneDomain/cloneXml.ts';
import { storageName, storageNameOfDisk } from '../devices/diskStorage.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { virshCommand, virshDefine } from '../plan/planHost.ts';
import { checkStep } from './checkStep.ts';
import { createStep } from './createStep.ts';
import { movedDisk } from './movedDisk.ts';
import type { MoveOrder } from './moveOrder.ts';
import { copySteps, refreshSteps, remarksOf } from './movePlan.ts';
import { MoveProblem } from './moveProblem.ts';
import { sourceOfTarget } from './moveTarget.ts';
import { isDomainActive } from './readMovableDisk.ts';

/** Who the clone is. */
export interface DiskCloneIdentity {
  readonly name: string;
  readonly uuid: string;
  /** One for each interface. */
  readonly macs: readonly string[];
}

/**
 * Copies disks of a domain that is off, and defines a clone of the domain that has the copies: the original stays
 * untouched, and both can be compared. Disks that are not copied are left out of the clone.
 */
export async function clonePlan(order: MoveOrder, clone: DiskCloneIdentity): Promise<Plan> {
  const { host, domain, moves } = order;
  // Without passwords: the plan is shown.
  const { xml, notices } = await cloneOf(order, clone, { secure: false });
  return {
    title: t('Clone {0} on {1} as {2} with its disks on other storage', domain.name, host.name, clone.name),
    remarks: [
      ...remarksOf(order),
      ...notices,
      t('{0} and its disks stay as they are. It must stay off until this is done.', domain.name),
      t('Do not let both be on one network as the same machine: the host name inside is the same.'),
    ],
    steps: [
      checkStep(order),
      ...moves.map((move) => createStep(order, move)),
      ...copySteps(order),
      defineCloneStep(order, clone, xml),
      ...refreshSteps(order),
    ],
  };
}

async function cloneOf(
  order: MoveOrder,
  identity: DiskCloneIdentity,
  options: WaitOptions & { readonly secure: boolean },
): Promise<ClonedXml> {
  const { host, domain, moves } = order;
  const definition = await getDomainXml(host.connection, domain, { ...options, inactive: true });
  const { disks } = await parseDomain(definition);
  const cloned = disks.map(({ target, device }): readonly [string, ClonedDisk] => {
    const move = moves.find(({ disk }) => disk.disk.target === target);
    if (!move) return [target, { kind: device === 'disk' || device === 'lun' ? 'left out' : 'same' }];
    const element = movedDisk(move.disk.element, sourceOfTarget(move.to), order);
    // The name that is unique in the world is the original's.
    const children = (element.children ?? []).filter(({ name }) => name !== 'wwn');
    return [target, { kind: 'replaced', element: { ...element, children } }];
  });
  return cloneXml(definition, { ...identity, disks: new Map(cloned), nvram: undefined });
}

function defineCloneStep(order: MoveOrder, clone: DiskCloneIdentity, shown: string): PlanStep {
  const { host, domain, moves } = order;
  return {
    title: t('Define the domain {0}', clone.name),
    host: host.shell,
    commands: [virshDefine(host, 'define', shown)],
    run: async ({ signal }) => {
      const { xml } = await cloneOf(order, clone, { secure: true, signal });
      const { ref } = await defineDomain(host.connection, xml, { signal });
      const made = await parseDomain(await getDomainXml(host.connection, ref, { inactive: true, signal }));
      const wrong = moves.find(({ disk, to }) => {
        const source = made.disks.find(({ target }) => target === disk.disk.target)?.source;
        return source === undefined || storageNameOfDisk(source) !== storageName(sourceOfTarget(to));
      });
      if (!wrong) return;
      await undefineDomain(host.connection, ref);
      throw new MoveProblem(
        'source-changed',
        t('libvirt defined {0}, but not with the copy as {1}.', clone.name, wrong.disk.disk.target),
        { advice: t('Clone {0} by hand.', domain.name) },
      );
    },
    undo: {
      title: t('Undefine the domain {0}', clone.name),
      commands: [virshCommand(host, ['undefine', '--domain', clone.name, '--nvram'])],
      run: (options) => undefineClone(order, clone, options),
    },
  };
}

async function undefineClone(
  { host }: MoveOrder,
  { uuid, name }: DiskCloneIdentity,
  options: WaitOptions,
): Promise<void> {
  try {
    const clone = await lookupDomain(host.connection, uuid, options);
    if (await isDomainActive({ machine: host, domain: clone }, options))
      throw new MoveProblem('still-used', t('{0} on {1} runs.', name, host.name), {
        advice: t('Shut it down first.'),
      });
    await undefineDomain(host.connection, clone, DomainUndefine.nvram, options);
  } catch (error) {
    if (!isLibvirtError(error, ErrorCode.noDomain)) throw error;
  }
}
