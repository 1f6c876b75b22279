import { posix } from 'node:path';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { isDomainActive } from '../../../operations/moveDisk/readMovableDisk.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../operations/plan/planHost.ts';
import { hostFile } from '../../../operations/hostFiles/rootFile.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import type { Command } from '../../../transport/transport.ts';
import { quoteArgv } from '../../../transport/quote.ts';
import { ChainProblem } from './chainProblem.ts';
import { readImageFiles, type NamedBacking } from './imageFiles.ts';

/** That an image names another image below it. */
export interface Rebase {
  /** The image whose head is written. */
  readonly overlay: { readonly path: string; readonly format: string };
  readonly from: NamedBacking;
  readonly to: NamedBacking;
}

/** What the file is to be called in the image above: as before where it stays in the same folder. */
export function backingName(overlay: string, before: string, path: string): string {
  const isRelative = !before.startsWith('/');
  return isRelative && posix.dirname(path) === posix.dirname(overlay) ? posix.basename(path) : path;
}

/** Writes into the head of an image which file is below it; its data stays as it is. */
export async function rebaseStep(
  host: PlanHost,
  domain: DomainRef,
  { overlay, from, to }: Rebase,
  options: WaitOptions,
): Promise<PlanStep> {
  const { viaSudo } = await hostFile(host, overlay.path, options);
  const write = async (backing: NamedBacking, wait: WaitOptions): Promise<void> => {
    await refuseRunning(host, domain, wait);
    const command = [...(viaSudo ? ['sudo', '-n'] : []), ...rebaseArgv(overlay, backing)] as const;
    const { exitCode, stderr } = await host.transport.exec(command as Command, wait);
    if (exitCode === 0) return;
    throw new ChainProblem('not-changed', t('qemu-img on {0}: {1}', host.name, stderr.trim()), {
      raw: stderr,
      advice: t('Run it as root on the host: {0}', quoteArgv(rebaseArgv(overlay, backing))),
    });
  };
  const commands = (backing: NamedBacking): PlanStep['commands'] => [
    { argv: [...(viaSudo ? ['sudo'] : []), ...rebaseArgv(overlay, backing)] },
  ];
  return {
    title: t('Let {0} stand on {1}', overlay.path, to.path),
    host: host.shell,
    commands: commands(to),
    isDone: async ({ signal }) => {
      const file = (await readImageFiles(host.transport, [overlay], { signal }))(overlay);
      return file.kind === 'image' && file.backing?.path === to.path && file.backing.format === to.format;
    },
    run: ({ signal }) => write(to, { signal }),
    // qemu-img does not write an image any more that leaves the format out.
    undo:
      from.format === undefined
        ? undefined
        : {
            title: t('Let {0} stand on {1} again', overlay.path, from.path),
            commands: commands(from),
            run: (wait) => write(from, wait),
          },
  };
}

function rebaseArgv(
  { path, format }: Rebase['overlay'],
  { name, format: below }: NamedBacking,
): readonly string[] {
  const given = below === undefined ? [] : ['-F', below];
  return ['qemu-img', 'rebase', '-u', '-f', format, '-b', name, ...given, '--', path];
}

/** What a domain has open must not be written by anybody else. */
export async function refuseRunning(host: PlanHost, domain: DomainRef, options: WaitOptions): Promise<void> {
  if (!(await isDomainActive({ machine: host, domain }, options))) return;
  throw new ChainProblem('runs', t('{0} on {1} runs.', domain.name, host.name), {
    advice: t('Shut it down first, then do it again.'),
  });
}
