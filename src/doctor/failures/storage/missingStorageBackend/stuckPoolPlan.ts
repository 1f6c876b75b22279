import { CodedProblem } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import { ListPools } from '../../../../libvirt/protocol/storagePool.ts';
import type { PoolRef } from '../../../../libvirt/protocol/refs.ts';
import { listPools } from '../../../../libvirt/storagePools.ts';
import {
  readPackageFacts,
  rootCommand,
  typedAsRoot,
  type PackageFacts,
} from '../../../../operations/packages/hostPackages.ts';
import { notRoot } from '../../../../operations/packages/packageProblem.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import { virshCommand, type PlanHost } from '../../../../operations/plan/planHost.ts';
import type { Command } from '../../../../transport/transport.ts';
import type { Patient } from '../../../patient.ts';
import { restartSteps } from '../storageDaemon.ts';

/** A pool stays one that libvirt takes for active. */
export class StateFileProblem extends CodedProblem<'not-moved' | 'still-active'> {}

const timeoutMs = 20_000;

/**
 * The way out for a pool that libvirt takes for active and has no backend for. It is so because of a note in a file, which
 * libvirt reads as it starts: without that, the pool is one that was never started.
 */
export async function stuckPoolPlan(patient: Patient, pool: PoolRef, options: WaitOptions): Promise<Plan> {
  const { planHost, host } = patient;
  const facts = await readPackageFacts(host.transport, [], options);
  return {
    title: t('Free the storage pool {0} on {1} from its state', pool.name, planHost.name),
    remarks: [
      t('Its definition, and what is stored in it, stay. Afterwards it can be undefined.'),
      t('{0} is restarted: running domains go on, and the connection is made again.', facts.storageDaemon),
    ],
    steps: [
      setAsideStep(planHost, pool, facts),
      ...(await restartSteps(patient, {
        title: t('Restart {0}, so that it forgets the state of {1}', facts.storageDaemon, pool.name),
        facts,
        isDone: async ({ signal }) => !(await isActive(planHost, pool, { signal })),
      })),
      checkStep(planHost, pool),
    ],
  };
}

/** libvirt reads files that end in `.xml`, and writes this one only when the pool is started. */
function setAsideStep(host: PlanHost, pool: PoolRef, facts: PackageFacts): PlanStep {
  const { rights } = facts;
  const file = `/run/libvirt/storage/${pool.name}.xml`;
  const aside = `${file}.set-aside`;
  const move = async (from: string, to: string, options: WaitOptions): Promise<void> => {
    const argv: Command = ['mv', '--', from, to];
    if (rights === 'none') throw notRoot(host, typedAsRoot(rights, argv));
    const { exitCode, stderr } = await host.transport.exec(rootCommand(rights, argv), {
      timeoutMs,
      ...options,
    });
    if (exitCode === 0) return;
    throw new StateFileProblem('not-moved', t('{0} on {1} could not be moved.', from, host.name), {
      raw: stderr,
    });
  };
  return {
    title: t('Set aside what libvirt has noted of the running pool'),
    host: host.shell,
    commands: [{ argv: typedAsRoot(rights, ['mv', '--', file, aside]) }],
    isDone: async (options) => !(await isActive(host, pool, options)),
    run: (options) => move(file, aside, options),
    undo: {
      title: t('Put {0} back', file),
      commands: [{ argv: typedAsRoot(rights, ['mv', '--', aside, file]) }],
      run: (options) => move(aside, file, options),
    },
  };
}

async function isActive({ connection }: PlanHost, pool: PoolRef, options: WaitOptions): Promise<boolean> {
  const active = await listPools(connection, ListPools.active, options);
  return active.some(({ uuid }) => uuid === pool.uuid);
}

function checkStep(host: PlanHost, pool: PoolRef): PlanStep {
  return {
    title: t('Check that {0} is not active any more', pool.name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-list', '--inactive', '--name'])],
    run: async (options) => {
      if (await isActive(host, pool, options))
        throw new StateFileProblem(
          'still-active',
          t('libvirt on {0} still takes {1} for active.', host.name, pool.name),
        );
    },
  };
}
