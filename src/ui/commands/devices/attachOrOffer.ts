import { CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { LibvirtError } from '../../../libvirt/errors.ts';
import { DeviceProblem, type DeviceProblemCode } from '../../../operations/devices/deviceProblem.ts';
import { isLive, type Effect } from '../../../operations/devices/effect.ts';
import { restartDomain } from '../../../operations/devices/restartDomain.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { showProblem } from '../../problems.ts';
import { confirm } from '../../prompts/confirm.ts';
import type { CommandServices } from '../command.ts';
import { onDevices, situationOf, type DeviceSite } from './deviceWork.ts';

/** A change of devices that can take effect in more than one way. */
export interface DeviceWork {
  /** `Attaching vdb to web1 on kvm1` */
  readonly title: string;
  readonly effect: Effect;
  readonly work: (
    site: DeviceSite,
    effect: Effect,
    signal: AbortSignal,
    report: ReportProgress,
  ) => Promise<void>;
  /** Told when it is done. */
  readonly done?: ((effect: Effect) => void) | undefined;
}

/** What goes away with the next start. Where an image or key is missing, the domain would not even start. */
const curedByStart: ReadonlySet<DeviceProblemCode> = new Set([
  'no-hotplug',
  'no-slot',
  'not-live',
  'guest-keeps-it',
  'guest-refuses',
  'cannot-change',
]);

/**
 * Does the change. Where the running domain does not take it, it is told why and offered to let it take effect at the
 * next start, which can be at once.
 */
export async function attachOrOffer(
  domain: DomainNode,
  services: CommandServices,
  { title, effect, work, done }: DeviceWork,
): Promise<void> {
  const run = async (how: Effect): Promise<void> => {
    await onDevices(domain, services, { title }, (site, signal, report) => work(site, how, signal, report));
    done?.(how);
  };
  try {
    await run(effect);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    if (!isLive(effect) || !situationOf(domain).persistent || !mayHelp(error)) throw error;
    const shown = async (what: () => Promise<void>): Promise<void> => {
      try {
        await what();
      } catch (problem) {
        showProblem(problem, services.log);
      }
    };
    showProblem(
      error,
      services.log,
      { title: t('At Next Start'), run: () => shown(() => run('next')) },
      {
        title: t('At Next Start, and Restart…'),
        run: () =>
          shown(async () => {
            if (!(await agreeToRestart(domain))) return;
            await run('next');
            await restart(domain, services);
          }),
      },
    );
  }
}

function mayHelp(error: unknown): boolean {
  return error instanceof DeviceProblem ? curedByStart.has(error.code) : error instanceof LibvirtError;
}

function agreeToRestart({ name, host }: DomainNode): Promise<boolean> {
  return confirm(
    t('Restart {0} on {1}?', name, host.name),
    t('The guest is asked to shut down, and is started again when it has. Who works with it is interrupted.'),
    t('Restart'),
  );
}

function restart(domain: DomainNode, services: CommandServices): Promise<void> {
  const title = t('Restarting {0} on {1}', domain.name, domain.host.name);
  return onDevices(domain, services, { title }, (site, signal, report) =>
    restartDomain(site, { signal, report }),
  );
}
