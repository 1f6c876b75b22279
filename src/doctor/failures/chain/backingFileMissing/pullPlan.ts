import { t } from '../../../../base/l10n.ts';
import { pullImages } from '../../../../operations/blockJobs/mergeImages.ts';
import type { Plan } from '../../../../operations/plan/plan.ts';
import { virshCommand } from '../../../../operations/plan/planHost.ts';
import type { Patient } from '../../../patient.ts';
import { checkChainStep } from '../checkChainStep.ts';
import type { DiskChain } from '../diskChains.ts';

/** While a domain runs, QEMU still has the deleted file open: what is in it is copied into the disk's own image. */
export function pullPlan({ planHost: host }: Patient, chains: readonly DiskChain[]): Plan {
  const [{ domain }] = chains as readonly [DiskChain, ...DiskChain[]];
  const { ref } = domain.entry;
  const tops = chains.map(({ links: [own] }) => ({ path: own.path, format: own.format ?? 'raw' }));
  return {
    title: t('Copy what {0} on {1} still has open into its own images', ref.name, host.name),
    remarks: [
      t(
        'The domain keeps running. Its images grow by what was in the files below them, and need none of these any more.',
      ),
      t('This cannot be undone, and nothing is lost by it.'),
    ],
    steps: [
      ...chains.map(({ disk }) => ({
        title: t('Pull everything below {0} of {1} into its image', disk.target, ref.name),
        host: host.shell,
        commands: [virshCommand(host, ['blockpull', '--domain', ref.name, '--path', disk.target, '--wait'])],
        run: ({ signal, report }: Parameters<Plan['steps'][number]['run']>[0]) =>
          pullImages({ connection: host.connection, domain: ref }, disk, {
            base: undefined,
            bandwidth: 0,
            signal,
            report,
          }),
      })),
      checkChainStep(host, domain, tops),
    ],
  };
}
