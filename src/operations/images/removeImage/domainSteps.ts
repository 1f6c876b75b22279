import { t } from '../../../base/l10n.ts';
import { TimeoutError } from '../../../base/errors.ts';
import { waitFor, type WaitOptions } from '../../../base/waiting.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import { readDisk } from '../../../libvirt/model/disk.ts';
import { getDomainState, lookupDomain, shutdownDomain, startDomain } from '../../../libvirt/domains.ts';
import { DomainShutdown } from '../../../libvirt/protocol/domainFlags.ts';
import { DomainState } from '../../../libvirt/protocol/domainStates.ts';
import type { XmlElement } from '../../../libvirt/model/element.ts';
import { attachAndVerify, deviceIn, type DomainPlace } from '../../devices/deviceChange.ts';
import { editable } from '../../devices/deviceElement.ts';
import { detachAndVerify } from '../../devices/detachDevice.ts';
import { listenForStop } from '../../domains/domainStop.ts';
import type { PlanStep } from '../../plan/plan.ts';
import { virshCommand } from '../../plan/planHost.ts';
import type { ShellCommand } from '../../plan/shell.ts';
import { ImageProblem } from '../imageProblem.ts';
import type { RemovalUser } from './imageOnHosts.ts';

/** How long a guest may take to shut down. */
const guestMs = 300_000;

async function isOff({ host: { connection }, domain }: RemovalUser): Promise<boolean> {
  const ref = await lookupDomain(connection, domain.uuid);
  const { state } = await getDomainState(connection, ref);
  return state === DomainState.shutoff || state === DomainState.crashed;
}

/** What a script does to wait; a domain that is not persistent is gone then. */
function untilOff({ host: { driverUri }, domain }: RemovalUser): ShellCommand {
  const script =
    'while LC_ALL=C virsh -c "$1" domstate --domain "$2" 2>/dev/null | grep -qv -e "^shut off" -e "^$"; do sleep 1; done';
  return { argv: ['sh', '-c', script, 'sh', driverUri, domain.name] };
}

/** Asks the guest, and waits until the domain is off. Undo starts it again. */
export function shutDownStep(user: RemovalUser): PlanStep {
  const { host, domain, isPersistent } = user;
  const { connection } = host;
  return {
    title: t('Shut down {0} on {1}', domain.name, host.name),
    host: host.shell,
    commands: [virshCommand(host, ['shutdown', '--domain', domain.name]), untilOff(user)],
    isDone: () => isOff(user),
    run: async ({ signal, report }) => {
      const ref = await lookupDomain(connection, domain.uuid, { signal });
      const stop = listenForStop(connection, domain.uuid);
      try {
        await shutdownDomain(connection, ref, DomainShutdown.default, { signal });
        if (await isOff(user)) return;
        report({ message: t('waiting for the guest to shut down') });
        await waitFor(stop.stopped, { signal, timeoutMs: guestMs }, () => '');
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        throw new ImageProblem('in-use', t('The guest of {0} has not shut down.', domain.name), {
          advice: t('Shut it down from within, or force it off, then run the plan again.'),
        });
      } finally {
        stop.dispose();
      }
    },
    undo: isPersistent
      ? {
          title: t('Start {0} on {1} again', domain.name, host.name),
          commands: [virshCommand(host, ['start', '--domain', domain.name])],
          run: async (options) => {
            await startDomain(connection, await lookupDomain(connection, domain.uuid, options), 0, options);
          },
        }
      : undefined,
  };
}

/** Takes the disk out of the definition, if it is still the image. Undo puts it back as it was. */
export function detachStep(user: RemovalUser, image: RbdImage): PlanStep {
  const { host, domain, target } = user;
  const key = { kind: 'disk', target } as const;
  let detached: XmlElement | undefined;
  const placeOf = async (options: WaitOptions): Promise<DomainPlace> => ({
    connection: host.connection,
    domain: await lookupDomain(host.connection, domain.uuid, options),
  });
  return {
    title: t('Detach {0} from the definition of {1} on {2}', target, domain.name, host.name),
    host: host.shell,
    commands: [virshCommand(host, ['detach-disk', '--config', '--domain', domain.name, '--target', target])],
    isDone: async (options) => {
      const element = await deviceIn(await placeOf(options), key, 'next', options);
      return element === undefined || !isOfImage(element, image);
    },
    run: async ({ signal }) => {
      const place = await placeOf({ signal });
      detached = await deviceIn(place, key, 'next', { signal });
      await detachAndVerify(place, key, 'next', { signal });
    },
    undo: {
      title: t('Attach {0} to the definition of {1} on {2} again', target, domain.name, host.name),
      commands: [],
      run: async (options) => {
        if (detached) await attachAndVerify(await placeOf(options), editable(detached), key, 'next', options);
      },
    },
  };
}

function isOfImage(element: XmlElement, { pool, namespace, image }: RbdImage): boolean {
  const { source } = readDisk(element);
  if (source?.type === 'volume') return source.volume === image;
  const name = [pool, ...(namespace === undefined ? [] : [namespace]), image].join('/');
  return source?.type === 'network' && source.protocol === 'rbd' && source.name === name;
}
