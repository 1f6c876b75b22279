import { CodedProblem } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { WantedPackages } from '../../../../operations/packages/distributions.ts';
import { readPackageFacts, type PackageFacts } from '../../../../operations/packages/hostPackages.ts';
import { packagesStep } from '../../../../operations/packages/packageSteps.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import { virshCommand, type PlanHost } from '../../../../operations/plan/planHost.ts';
import { autostartPoolStep } from '../../../../operations/pools/autostartPoolStep.ts';
import { offeredTypes } from '../../../../operations/pools/offeredTypes.ts';
import { checkPoolStep, startPoolStep } from '../../../../operations/pools/startPoolStep.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { checkLoginSteps } from '../checkLogins.ts';
import { restartSteps } from '../storageDaemon.ts';

/** libvirt does not load a backend that is installed. */
export class BackendProblem extends CodedProblem<'not-loaded'> {}

/** Installs the backend for a type of pools, has libvirt load it, and starts the pools that need it. */
export async function installBackendPlan(
  patient: Patient,
  {
    type,
    packages,
    pools,
  }: { readonly type: string; readonly packages: WantedPackages; readonly pools: readonly ExaminedPool[] },
  options: WaitOptions,
): Promise<Plan> {
  const { planHost, host } = patient;
  const facts = await readPackageFacts(host.transport, packages.names, options);
  const [first] = pools;
  const wanted = pools.filter((pool) => pool === first || pool.entry.active || pool.entry.autostart);
  const refs = wanted.map(({ entry }) => entry.ref);
  return {
    title:
      refs.length === 0
        ? t('Install libvirt’s backend for {0} pools on {1}', type, planHost.name)
        : t(
            'Install libvirt’s backend for {0} pools on {1} and start {2}',
            type,
            planHost.name,
            refs.map(({ name }) => name).join(', '),
          ),
    remarks: [
      t('{0} is restarted: running domains go on, and the connection is made again.', facts.storageDaemon),
    ],
    steps: [
      ...(await checkLoginSteps(patient, wanted, options)),
      packagesStep(planHost, { wanted: packages, facts }),
      ...(await restartSteps(patient, {
        title: t('Restart {0}, so that it loads {1}', facts.storageDaemon, packages.names.join(', ')),
        facts,
        isDone: ({ signal }) => hasBackend(planHost, type, { signal }),
      })),
      backendStep(planHost, type, facts),
      ...refs.map((ref) => startPoolStep(planHost, ref)),
      ...(first ? [autostartPoolStep(planHost, first.entry.ref)] : []),
      ...refs.map((ref) => checkPoolStep(planHost, ref)),
    ],
  };
}

async function hasBackend({ connection }: PlanHost, type: string, options: WaitOptions): Promise<boolean> {
  const types = await offeredTypes(connection, options);
  return types.find((one) => one.type === type)?.supported !== false;
}

function backendStep(host: PlanHost, type: string, { storageDaemon }: PackageFacts): PlanStep {
  return {
    title: t('Check that libvirt has the backend for {0} pools', type),
    host: host.shell,
    commands: [virshCommand(host, ['pool-capabilities'])],
    run: async (options) => {
      if (await hasBackend(host, type, options)) return;
      throw new BackendProblem(
        'not-loaded',
        t('libvirt on {0} still has no backend for {1} pools.', host.name, type),
        {
          advice: t(
            'The log of {0} says why it does not load it: most often a library is missing or of another version.',
            storageDaemon,
          ),
        },
      );
    },
  };
}
