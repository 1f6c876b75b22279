import { t } from '../../../../base/l10n.ts';
import type { DomainRef } from '../../../../libvirt/protocol/refs.ts';
import type { PlanStep } from '../../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../../operations/plan/planHost.ts';
import { ChainProblem } from '../chainProblem.ts';
import { asRoot } from '../imageFiles.ts';
import { refuseRunning } from '../rebaseStep.ts';

const check = 'exec env LC_ALL=C qemu-img check -f qcow2 -- "$0"';
/** The image has clusters that nothing uses: harmless. */
const leaks = 3;

/** Looks whether an image that was used as raw is still whole: the guest may have written over its tables. */
export function checkImageStep(host: PlanHost, domain: DomainRef, path: string): PlanStep {
  return {
    title: t('Check that {0} is whole', path),
    host: host.shell,
    commands: [{ argv: ['qemu-img', 'check', '-f', 'qcow2', '--', path] }],
    run: async ({ signal, note }) => {
      await refuseRunning(host, domain, { signal });
      const command = ['sh', '-c', asRoot, 'sh', check, path] as const;
      const { exitCode, stdout, stderr } = await host.transport.exec(command, { signal });
      if (exitCode !== 0 && exitCode !== leaks)
        throw new ChainProblem('not-whole', t('{0} is not a whole qcow2 image.', path), {
          raw: `${stdout.toString()}${stderr}`.trim(),
          advice: t('Restore it from a backup: it was written to as if it were raw.'),
        });
      note(stdout.toString().split('\n')[0] ?? '');
    },
  };
}
