import { posix } from 'node:path';
import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import { abortBlockJob } from '../../../../libvirt/blockJobs.ts';
import { copyDisk, switchToCopy } from '../../../../operations/blockJobs/copyDisk.ts';
import type { Plan } from '../../../../operations/plan/plan.ts';
import { virshCommand } from '../../../../operations/plan/planHost.ts';
import type { Patient } from '../../../patient.ts';
import { ChainProblem } from '../chainProblem.ts';
import { checkChainStep } from '../checkChainStep.ts';
import type { DiskChain } from '../diskChains.ts';
import { readImageFiles } from '../imageFiles.ts';

/** The file of a disk was deleted while its domain runs: QEMU, which still has it open, copies it to a new one. */
export async function rescuePlan(
  patient: Patient,
  { domain, disk, links: [own] }: DiskChain,
  options: WaitOptions,
): Promise<Plan> {
  const { planHost: host } = patient;
  const { ref } = domain.entry;
  const { target } = disk;
  const format = own.format ?? 'raw';
  const path = await freeName(patient, own.path, options);
  const destination = { kind: 'file', path, format } as const;
  const place = (): Parameters<typeof copyDisk>[0] => ({ connection: host.connection, domain: ref });
  return {
    title: t('Rescue {0} of {1} on {2} into {3}', target, ref.name, host.name, path),
    remarks: [
      t(
        'The domain keeps running, and goes on with the copy. Do not stop it meanwhile: the deleted file is gone then.',
      ),
    ],
    steps: [
      {
        title: t('Copy {0}, as QEMU still has it, to {1}', target, path),
        host: host.shell,
        commands: [
          virshCommand(host, [
            ...['blockcopy', '--domain', ref.name, '--path', target, '--dest', path],
            ...['--format', format, '--transient-job', '--wait'],
          ]),
        ],
        run: ({ signal, report }) =>
          copyDisk(place(), { target, destination, exists: false, bandwidth: 0, signal, report }),
        undo: {
          title: t('Give up the copy; its file stays'),
          commands: [virshCommand(host, ['blockjob', '--domain', ref.name, '--path', target, '--abort'])],
          run: (wait) => abortBlockJob(host.connection, ref, target, wait),
        },
      },
      {
        title: t('Let {0} go on with the copy, now and at its next start', ref.name),
        host: host.shell,
        commands: [virshCommand(host, ['blockjob', '--domain', ref.name, '--path', target, '--pivot'])],
        run: async () => {
          await switchToCopy(place(), target, destination);
          patient.host.inventory.domains.noteDefinition(ref.uuid);
        },
      },
      checkChainStep(host, domain, [{ path, format }]),
    ],
  };
}

/** `web1-rescued.qcow2` beside the one that is gone, or the first after it that is not there. */
async function freeName({ host }: Patient, path: string, options: WaitOptions): Promise<string> {
  const { dir, name, ext } = posix.parse(path);
  const names = ['', '-1', '-2', '-3'].map((end) => ({
    path: posix.join(dir, `${name}-rescued${end}${ext}`),
    format: 'raw',
  }));
  const fileOf = await readImageFiles(host.transport, names, options);
  const free = names.find((one) => fileOf(one).kind === 'missing');
  if (free) return free.path;
  throw new ChainProblem('not-changed', t('There is a file {0} already.', names[0]?.path ?? ''));
}
