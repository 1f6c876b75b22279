import { t } from '../../../../base/l10n.ts';
import { formatBytes } from '../../../../base/sizes.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { XmlElement } from '../../../../libvirt/model/element.ts';
import { hostFile } from '../../../../operations/hostFiles/rootFile.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import type { Command } from '../../../../transport/transport.ts';
import type { Patient } from '../../../patient.ts';
import { ChainProblem } from '../chainProblem.ts';
import { checkChainStep } from '../checkChainStep.ts';
import type { DiskChain } from '../diskChains.ts';
import { readImageFiles } from '../imageFiles.ts';
import { checkImageStep } from './checkImageStep.ts';
import { editDiskStep, isOnFile, withFile } from '../editDiskStep.ts';

/** Makes a raw file of the image, beside it, and lets the disk use that. The image stays. */
export async function convertPlan(
  patient: Patient,
  chain: DiskChain,
  element: XmlElement,
  options: WaitOptions,
): Promise<Plan> {
  const { planHost: host } = patient;
  const { domain, disk, links } = chain;
  const { ref } = domain.entry;
  const [{ path }] = links;
  const raw = await freeName(patient, path, options);
  const { viaSudo } = await hostFile(host, raw, options);
  const run = async (argv: readonly string[], wait: WaitOptions): Promise<void> => {
    const command = [...(viaSudo ? ['sudo', '-n'] : []), ...argv] as readonly string[] as Command;
    const { exitCode, stderr } = await host.transport.exec(command, wait);
    if (exitCode !== 0)
      throw new ChainProblem('not-changed', t('qemu-img on {0}: {1}', host.name, stderr.trim()), {
        raw: stderr,
      });
  };
  const convert = ['qemu-img', 'convert', '-f', 'qcow2', '-O', 'raw', '--', path, raw];
  const remove = ['rm', '-f', '--', raw];
  const shown = (argv: readonly string[]): PlanStep['commands'] => [
    { argv: [...(viaSudo ? ['sudo'] : []), ...argv] },
  ];
  return {
    title: t('Let {0} of {1} on {2} use a raw copy of its image', disk.target, ref.name, host.name),
    remarks: [t('{0} stays as it is. The copy takes up to {1}.', path, sizeOf(chain))],
    steps: [
      checkImageStep(host, ref, path),
      {
        title: t('Convert {0} to {1}', path, raw),
        host: host.shell,
        commands: shown(convert),
        run: ({ signal }) => run(convert, { signal }),
        undo: {
          title: t('Delete {0}', raw),
          commands: shown(remove),
          run: (wait) => run(remove, wait),
        },
      },
      editDiskStep(patient, chain, element, {
        title: t('Let {0} of {1} use {2}', disk.target, ref.name, raw),
        undoTitle: t('Let {0} of {1} use {2}', disk.target, ref.name, path),
        change: (one) => withFile(one, raw),
        isDone: (one) => isOnFile(one, raw),
      }),
      checkChainStep(host, domain, [{ path: raw, format: 'raw' }]),
    ],
  };
}

/** `web1.raw` for `web1.qcow2`, or the first after it that is not there. */
async function freeName({ host }: Patient, path: string, options: WaitOptions): Promise<string> {
  const stem = path.replace(/\.(?:qcow2?|img|raw)$/i, '');
  const names = ['', '-1', '-2', '-3'].map((end) => ({ path: `${stem}${end}.raw`, format: 'raw' }));
  const fileOf = await readImageFiles(host.transport, names, options);
  const free = names.find((name) => fileOf(name).kind === 'missing');
  if (free) return free.path;
  throw new ChainProblem('not-changed', t('There is a file {0} already.', names[0]?.path ?? ''));
}

function sizeOf({ links: [{ file }] }: DiskChain): string {
  return file.kind === 'raw' && file.header ? formatBytes(file.header.size) : '';
}
