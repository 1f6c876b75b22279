import { t } from '../../base/l10n.ts';
import { imageArguments, listRbdWatchers, type RbdImage, type RbdWatcher } from '../../ceph/rbd.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import type { PlanCluster } from '../connectPool/poolConnection.ts';
import { defineSecretStep, setKeyStep } from '../connectPool/secretSteps.ts';
import { userStep } from '../connectPool/userStep.ts';
import { attachDisk } from '../devices/attachDisk.ts';
import { detachAndVerify } from '../devices/detachDevice.ts';
import { deviceXml } from '../devices/deviceElement.ts';
import { diskDriveElement, type DiskDrive } from '../devices/diskDrive.ts';
import { isLasting, isLive, type Effect } from '../devices/effect.ts';
import { cephArgv } from '../plan/cephShell.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { virshCommand, type PlanHost } from '../plan/planHost.ts';
import { standardInput, type ShellCommand } from '../plan/shell.ts';
import type { NewElement } from '../../xml/writer.ts';
import type { ImageLogin } from './imageLogin.ts';
import { untilOpened } from './imageOpened.ts';
import { openedInWords } from './openedInWords.ts';

/** An RBD image that is to be a disk of a domain. */
export interface ImageAttachment {
  readonly host: PlanHost;
  readonly domain: DomainRef;
  readonly cluster: PlanCluster;
  readonly image: RbdImage;
  readonly login: ImageLogin;
  /** Its source is the image by this login. */
  readonly drive: DiskDrive;
  readonly effect: Effect;
}

/** The steps: what the login lacks, the disk itself, and whether Ceph sees that it is open. */
export function attachImagePlan(attachment: ImageAttachment): Plan {
  const { host, domain, image, login, drive } = attachment;
  const seen: Seen = { watchers: [] };
  return {
    title: t('Attach {0} to {1} on {2} as {3}', image.image, domain.name, host.name, drive.place.target),
    remarks: login.isReady
      ? []
      : [
          t(
            '{0} cannot log in to Ceph for this image yet: client.{1} is let do so, and its key put into a secret.',
            host.name,
            login.user,
          ),
        ],
    steps: [
      ...(login.isReady ? [] : loginSteps(attachment)),
      attachStep(attachment, seen),
      ...(opens(attachment) ? [openedStep(attachment, seen)] : []),
    ],
  };
}

/** Who only reads is no watcher. */
function opens({ effect, drive }: ImageAttachment): boolean {
  return isLive(effect) && !drive.readOnly;
}

/** What was seen of the image before it was attached. */
interface Seen {
  watchers: readonly RbdWatcher[];
}

function loginSteps({ host, cluster, image, login }: ImageAttachment): readonly PlanStep[] {
  const { user, secret, known } = login;
  const use = { host, secret, cluster, user, mayAskKeys: known !== 'unknown' };
  const own = { cluster, cephPool: image.pool, user };
  return [
    ...(known === 'unknown' ? [] : [userStep(own, known, [{ host, secret }])]),
    defineSecretStep(use),
    setKeyStep(use),
  ];
}

/** Attaches, or detaches, by the definition on standard input. */
function deviceCommand(
  host: PlanHost,
  verb: 'attach-device' | 'detach-device',
  domain: string,
  element: NewElement,
  effect: Effect,
): ShellCommand {
  const flags = [...(isLive(effect) ? ['--live'] : []), ...(isLasting(effect) ? ['--config'] : [])];
  const args = [verb, `--domain=${domain}`, '--file', standardInput, ...flags];
  return virshCommand(host, args, { kind: 'text', text: deviceXml(element) });
}

function attachStep(attachment: ImageAttachment, seen: Seen): PlanStep {
  const { host, domain, drive, effect, cluster, image } = attachment;
  const { controller, target } = drive.place;
  const disk = diskDriveElement(drive);
  return {
    title: t('Attach it to {0} as {1}', domain.name, target),
    host: host.shell,
    commands: [
      ...(controller ? [deviceCommand(host, 'attach-device', domain.name, controller, effect)] : []),
      deviceCommand(host, 'attach-device', domain.name, disk, effect),
    ],
    run: async (options) => {
      if (opens(attachment)) seen.watchers = await listRbdWatchers(cluster.client, image, options);
      await attachDisk({ connection: host.connection, domain }, drive, effect, options);
    },
    undo: {
      title: t('Detach {0} from {1} on {2}', target, domain.name, host.name),
      commands: [deviceCommand(host, 'detach-device', domain.name, disk, effect)],
      run: async (options) => {
        await detachAndVerify(
          { connection: host.connection, domain },
          { kind: 'disk', target },
          effect,
          options,
        );
      },
    },
  };
}

/** Ceph tells whether QEMU has really opened it; that it does not is no failure, and said. */
function openedStep({ cluster, image, host }: ImageAttachment, seen: Seen): PlanStep {
  const { client, shell } = cluster;
  return {
    title: t('Look whether Ceph sees it open'),
    host: shell,
    commands: [{ argv: cephArgv(client.access, 'rbd', ['status', ...imageArguments(image)]) }],
    run: async (options) => {
      options.note(openedInWords(await untilOpened(client, image, seen.watchers, options), host.name));
    },
  };
}
