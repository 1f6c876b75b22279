import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { Plan } from '../../../../operations/plan/plan.ts';
import type { Patient } from '../../../patient.ts';
import { checkChainStep } from '../checkChainStep.ts';
import type { DiskChain } from '../diskChains.ts';
import { backingName, rebaseStep, type Rebase } from '../rebaseStep.ts';

/** Lets what stood on a file that is gone stand on another. @param chains of one domain, whose file `path` is missing */
export async function renamedFilePlan(
  { planHost: host }: Patient,
  chains: readonly DiskChain[],
  path: string,
  found: string,
  options: WaitOptions,
): Promise<Plan> {
  const [{ domain }] = chains as readonly [DiskChain, ...DiskChain[]];
  const { ref } = domain.entry;
  const rebases = new Map(chains.flatMap((chain) => rebaseOf(chain, path, found)));
  const steps = [];
  for (const rebase of rebases.values()) steps.push(await rebaseStep(host, ref, rebase, options));
  const tops = chains.map(({ links: [own] }) => ({ path: own.path, format: own.format ?? 'raw' }));
  return {
    title: t('Let the disks of {0} on {1} stand on {2}', ref.name, host.name, found),
    remarks: [
      t(
        'Do this only if {0} is the file that was called {1}, unchanged since: on any other file the guest finds a broken disk.',
        found,
        path,
      ),
      t(
        'Only the name in the head of the image is written. As long as the domain was not started, undoing it brings everything back.',
      ),
    ],
    steps: [...steps, checkChainStep(host, domain, tops)],
  };
}

function rebaseOf({ links }: DiskChain, path: string, found: string): readonly (readonly [string, Rebase])[] {
  const at = links.findIndex((link) => link.path === path);
  const above = links[at - 1];
  if (above?.file.kind !== 'image' || !above.file.backing || above.format === undefined) return [];
  const { backing: from } = above.file;
  const to = { ...from, name: backingName(above.path, from.name, found), path: found };
  return [[above.path, { overlay: { path: above.path, format: above.format }, from, to }]];
}
