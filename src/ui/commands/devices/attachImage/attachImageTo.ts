import { t } from '../../../../base/l10n.ts';
import type { RbdImage } from '../../../../ceph/rbd.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import { fullName } from '../../../../hosts/clusters/imageUser.ts';
import { livePlanHost } from '../../../../hosts/livePlanHost.ts';
import { proposeSerial } from '../../../../operations/attachImage/diskSerial.ts';
import { findImageLogin } from '../../../../operations/attachImage/imageLogin.ts';
import { attachImagePlan } from '../../../../operations/attachImage/attachImagePlan.ts';
import type { DomainNode } from '../../../explorer/objects/domainNode.ts';
import { withProgress } from '../../../progress.ts';
import { wizard } from '../../../prompts/wizard.ts';
import { ConnectSite } from '../../clusters/connectPool/connectSite.ts';
import type { CommandServices } from '../../command.ts';
import { askDrive, driveOf, type DriveContext, type DriveSettings } from '../askDrive.ts';
import { agreeToUseImage } from './imageInUse.ts';
import { runAttachment } from './runAttachment.ts';
import { readDrives } from '../attachDrive.ts';
import { situationOf } from '../deviceWork.ts';

/** Looks how the host logs in for it, asks how it is attached, and does it or shows the plan. */
export async function attachImageTo(
  cluster: CephCluster,
  image: RbdImage,
  domain: DomainNode,
  services: CommandServices,
): Promise<void> {
  const { sessions } = services.registry;
  const site = new ConnectSite(cluster, sessions);
  const host = livePlanHost(domain.host);
  const others = site.sessions.filter((session) => session !== domain.host).map(livePlanHost);
  const devices = await readDrives(domain, services);
  const looking = { title: t('Looking how {0} logs in to Ceph', host.name) };
  const { login, plannable } = await withProgress(looking, async (signal) => {
    const known = await site.plannable();
    return { plannable: known, login: await findImageLogin(host, others, known, image, { signal }) };
  });
  const taken = devices.flatMap(({ disks }) => disks.map(({ serial }) => serial));
  const context: DriveContext = {
    device: 'disk',
    what: t('{0} · logs in as client.{1}', fullName(image), login.user),
    devices,
    situation: situationOf(domain),
    proposed: { serial: proposeSerial(image.image, taken) },
  };
  const title = t('Attach {0} to {1} on {2}', image.image, domain.name, host.name);
  const settings = await wizard(title, (ask) => askDrive(ask, context));
  if (!settings) return;
  const agreed = await agreeToUseImage(cluster, image, domain, settings, services);
  if (!agreed || !domain.entry) return;
  const { ref } = domain.entry;
  const { effect, target } = agreed;
  const drive = driveFor(image, login, plannable.monitors, agreed, context);
  await runAttachment(
    (how) => attachImagePlan({ host, domain: ref, cluster: plannable, image, login, drive, effect: how }),
    { domain, isShown: !login.isReady, effect, target },
    services,
  );
}

function driveFor(
  image: RbdImage,
  { user: username, secret: { uuid: secretUuid } }: Awaited<ReturnType<typeof findImageLogin>>,
  monitors: Awaited<ReturnType<ConnectSite['plannable']>>['monitors'],
  settings: DriveSettings,
  context: DriveContext,
): ReturnType<typeof driveOf> {
  return driveOf(settings, context, {
    kind: 'rbd',
    image: fullName(image),
    monitors: monitors.map(({ name, port }) => ({ name, port })),
    auth: { username, secretUuid },
  });
}
