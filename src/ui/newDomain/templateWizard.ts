import { t } from '../../base/l10n.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import { lookupVolumeByPath } from '../../libvirt/volumes.ts';
import { domainNameRefusal, freeName } from '../../operations/newDomain/domainName.ts';
import { copiedDisk, emptyDisk } from '../../operations/newDomain/planDomain.ts';
import type { DiskSource } from '../../operations/storage/diskSource.ts';
import { volumeSource } from '../../operations/storage/poolOffer.ts';
import type { ExistingVolume, VolumePlan } from '../../operations/newDomain/storage/volumePlan.ts';
import { fromTemplate, templateDisks } from '../../operations/newDomain/template/templateXml.ts';
import { identityOf } from '../../xml/identity.ts';
import type { CommandServices } from '../commands/command.ts';
import { wizard } from '../prompts/wizard.ts';
import { HostReader } from './hostReader.ts';

export interface FromTemplate {
  readonly session: HostSession;
  readonly xml: string;
  readonly volumes: readonly VolumePlan[];
}

type DisksOf = 'copy' | 'empty' | 'same';

/** Asks what becomes of a template. @param likely the host that is offered first */
export async function askFromTemplate(
  xml: string,
  sessions: readonly HostSession[],
  likely: HostSession | undefined,
  services: Pick<CommandServices, 'log'>,
): Promise<FromTemplate | undefined> {
  const readers = new Map(sessions.map((session) => [session, new HostReader(session, services)]));
  const found = new Map<HostReader, Promise<ReadonlyMap<string, ExistingVolume>>>();
  const { name: oldName = 'vm' } = identityOf(xml);
  const answers = await wizard(t('New Domain from {0}', oldName), async (ask) => {
    const session =
      sessions.length === 1 && sessions[0]
        ? sessions[0]
        : await ask.pick({
            placeholder: t('The host of the new domain'),
            choices: sessions.map((value) => ({ label: value.name, value })),
            preselected: (value) => value === likely,
          });
    const reader = readers.get(session) ?? new HostReader(session, services);
    const { domainNames } = reader;
    const name = await ask.text({
      prompt: t('The name of the domain. Its UUID and MAC addresses will be its own.'),
      value: domainNames.has(oldName) ? freeName(oldName, domainNames) : oldName,
      refusal: (text) => domainNameRefusal(text, domainNames, session.name),
    });
    const volumes = await (found.get(reader) ?? volumesOf(xml, reader));
    found.set(reader, Promise.resolve(volumes));
    const disks =
      volumes.size === 0
        ? 'same'
        : await ask.pick<DisksOf>({
            placeholder: t('Its disks: {0}', [...volumes.keys()].join(', ')),
            choices: [
              {
                label: t('Copies of those of the template'),
                detail: t('Full copies of files; in Ceph clones, which share what is the same'),
                value: 'copy',
              },
              { label: t('New empty volumes of the same size'), value: 'empty' },
              {
                label: t('As the template says'),
                detail: t('Two domains that run on one disk destroy it'),
                value: 'same',
              },
            ],
          });
    return { session, reader, name, volumes, disks };
  });
  if (!answers) return undefined;
  const { session, reader, name, volumes, disks } = answers;
  const plans =
    disks === 'same' ? new Map<string, VolumePlan>() : await planDisks(reader, name, volumes, disks);
  const sources = new Map(
    [...plans].map(([target, { pool, name: volume, format }]): [string, DiskSource] => [
      target,
      volumeSource(pool, volume, format),
    ]),
  );
  return { session, xml: fromTemplate(xml, name, sources), volumes: [...plans.values()] };
}

/** The volumes of this host that the template's disks are, by target. */
async function volumesOf(xml: string, reader: HostReader): Promise<ReadonlyMap<string, ExistingVolume>> {
  const pools = await reader.pools();
  const found = templateDisks(xml).map(async ({ target, path, format }) => {
    if (path === undefined) return undefined;
    try {
      const ref = await lookupVolumeByPath(reader.host.connection, path);
      const pool = pools.find((one) => one.ref.name === ref.pool);
      if (!pool?.canCreate) return undefined;
      const volume = await reader.existing({ pool, ref });
      return [target, { ...volume, format: volume.format ?? format }] as const;
    } catch (error) {
      if (isLibvirtError(error, ErrorCode.noStorageVolume)) return undefined;
      throw error;
    }
  });
  return new Map((await Promise.all(found)).filter((entry) => entry !== undefined));
}

async function planDisks(
  reader: HostReader,
  name: string,
  volumes: ReadonlyMap<string, ExistingVolume>,
  kind: Exclude<DisksOf, 'same'>,
): Promise<ReadonlyMap<string, VolumePlan>> {
  const plans = new Map<string, VolumePlan>();
  for (const [target, from] of volumes) {
    const { pool, capacity } = from;
    const own = [...plans.values()].filter((plan) => plan.pool === pool).map((plan) => plan.name);
    const taken = new Set([...(await reader.volumeNames(pool)), ...own]);
    const base = plans.size === 0 ? name : `${name}-${target}`;
    plans.set(
      target,
      kind === 'copy'
        ? copiedDisk(base, { pool, from, capacity }, taken)
        : emptyDisk(base, pool, capacity, taken),
    );
  }
  return plans;
}
