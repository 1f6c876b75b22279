import { t } from '../../../base/l10n.ts';
import { getDomainXml } from '../../../libvirt/domains.ts';
import { parseDomain } from '../../../libvirt/model/domain.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../operations/plan/planHost.ts';
import type { ExaminedDomain } from '../../patient.ts';
import { ChainProblem } from './chainProblem.ts';
import { readChains, type DiskChain } from './diskChains.ts';

/** Looks whether all files of a domain's disks are there and fit what is said of them. */
export function checkChainStep(
  host: PlanHost,
  { entry }: ExaminedDomain,
  tops: readonly { readonly path: string; readonly format: string }[],
): PlanStep {
  const { ref } = entry;
  return {
    title: t('Check that every file of the disks of {0} is there', ref.name),
    host: host.shell,
    commands: tops.map(({ path, format }) => ({
      argv: ['qemu-img', 'info', '-U', '--backing-chain', '-f', format, '--', path],
    })),
    run: async ({ signal, note }) => {
      const xml = await getDomainXml(host.connection, ref, { inactive: true, signal });
      const domain = { entry, xml, model: await parseDomain(xml) };
      const chains = (await readChains(host.transport, [domain], { signal })).filter(({ links }) =>
        tops.some(({ path }) => links[0].path === path),
      );
      const fault = chains.map(faultOf).find((one) => one !== undefined);
      if (fault !== undefined) throw new ChainProblem('not-whole', fault);
      note(chains.map(({ links }) => links.map(({ path }) => path).join(' ← ')).join(', '));
    },
  };
}

/** The first thing that keeps QEMU from opening the chain. */
function faultOf({ links }: DiskChain): string | undefined {
  for (const [index, { path, format, file }] of links.entries()) {
    if (file.kind === 'missing') return t('{0} is missing.', path);
    if (file.kind === 'unreadable') return t('{0} cannot be read: {1}', path, file.said);
    if (index > 0 && format === undefined) return t('The format of {0} is not said.', path);
  }
  return undefined;
}
