import { t } from '../../base/l10n.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import type { NewElement } from '../../xml/writer.ts';
import type { Plan } from '../plan/plan.ts';
import { virshCommand, type PlanHost } from '../plan/planHost.ts';
import { standardInput, type ShellCommand } from '../plan/shell.ts';
import { attachAndVerify, deviceIn } from './deviceChange.ts';
import { detachAndVerify } from './detachDevice.ts';
import { deviceXml, editable } from './deviceElement.ts';
import { deviceName, type DeviceKey } from './deviceKey.ts';
import { DeviceProblem } from './deviceProblem.ts';

/** Gives a running domain a disk that only its definition has. */
export function attachDefinedDiskPlan(
  host: PlanHost,
  domain: DomainRef,
  target: string,
  disk: XmlElement,
): Plan {
  const key: DeviceKey = { kind: 'disk', target };
  const place = { host, domain };
  const element = withoutPlace(disk);
  const command = (verb: string): ShellCommand =>
    virshCommand(host, [verb, `--domain=${domain.name}`, '--file', standardInput, '--live'], {
      kind: 'text',
      text: deviceXml(element),
    });
  const on = (): { connection: PlanHost['connection']; domain: DomainRef } => ({
    connection: place.host.connection,
    domain,
  });
  return {
    title: t('Attach {0} to the running domain {1} on {2}', target, domain.name, host.name),
    remarks: [t('Its definition has the disk already and is not changed.')],
    steps: [
      {
        title: t('Attach {0} to {1} now', target, domain.name),
        host: host.shell,
        commands: [command('attach-device')],
        isDone: async (options) => (await deviceIn(on(), key, 'live', options)) !== undefined,
        run: ({ signal }) => attachAndVerify(on(), element, key, 'live', { signal }),
        undo: {
          title: t('Detach {0} from {1} on {2}', target, domain.name, host.name),
          commands: [command('detach-device')],
          run: async (options) => {
            await detachAndVerify(on(), key, 'live', options);
          },
        },
      },
      {
        title: t('Check that the running domain has {0}', target),
        host: host.shell,
        commands: [virshCommand(host, ['domblklist', '--domain', domain.name])],
        run: async ({ signal }) => {
          if (await deviceIn(on(), key, 'live', { signal })) return;
          throw new DeviceProblem(
            'not-live',
            t('The running domain {0} on {1} has no {2}.', domain.name, host.name, deviceName(key)),
            t('Look into the log of the domain on the host.'),
          );
        },
      },
    ],
  };
}

/** The address is of the next start: in the running domain another device may be there. */
function withoutPlace(disk: XmlElement): NewElement {
  const element = editable(disk);
  const children = (element.children ?? []).filter(({ name }) => name !== 'address' && name !== 'alias');
  return { ...element, children };
}
