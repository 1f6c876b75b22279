import { t } from '../../base/l10n.ts';
import { formatBytes } from '../../base/sizes.ts';
import { domainNameRefusal, freeName } from '../../operations/newDomain/domainName.ts';
import { operatingSystems, type OperatingSystem } from '../../operations/newDomain/operatingSystems.ts';
import {
  planDomain,
  type Answers,
  type DiskAnswer,
  type DomainPlan,
  type Installation,
} from '../../operations/newDomain/planDomain.ts';
import type { PublicKey } from '../../operations/newDomain/cloudInit/publicKeys.ts';
import { wizard, type Ask } from '../prompts/wizard.ts';
import { askCloudInit, readOwnPublicKeys } from './askCloudInit.ts';
import { askCopy, askDisk } from './askDisk.ts';
import { askInstallation, askTree, type FoundInstallers } from './askInstallation.ts';
import { askCpus, askMemory, askNetwork } from './askMachine.ts';
import { askSettings, defaultSettings } from './askSettings.ts';
import { askExistingDisk, askIso, askTemplate } from './askVolume.ts';
import type { HostReader } from './hostReader.ts';

/** Asks what a new domain is to be. @returns undefined when the person gives up */
export async function askNewDomain(reader: HostReader): Promise<DomainPlan | undefined> {
  reader.readAhead();
  const known: Known = {
    systems: operatingSystems(),
    keys: readOwnPublicKeys(),
    installers: new Map(),
  };
  const answers = await wizard(t('New Domain on {0}', reader.session.name), (ask) =>
    questions(ask, reader, known),
  );
  if (!answers) return undefined;
  const { disk } = answers;
  const taken = disk.kind === 'new' ? await reader.volumeNames(disk.volume.pool) : new Set<string>();
  return planDomain(finished(answers), taken);
}

/** What stays the same when somebody goes back. */
interface Known {
  readonly systems: readonly OperatingSystem[];
  readonly keys: Promise<readonly PublicKey[]>;
  readonly installers: FoundInstallers;
}

/** The password is hashed when nobody can go back any more: that takes a moment. */
interface Asked extends Omit<Answers, 'installation'> {
  readonly installation: () => Installation;
}

function finished(asked: Asked): Answers {
  return { ...asked, installation: asked.installation() };
}

async function questions(ask: Ask, reader: HostReader, known: Known): Promise<Asked> {
  const { session, domainNames } = reader;
  const name = await ask.text({
    prompt: t('The name of the domain.'),
    value: freeName('vm', domainNames),
    refusal: (text) => domainNameRefusal(text, domainNames, session.name),
  });
  const system = await ask.pick({
    placeholder: t('Its operating system: it decides about devices and sizes'),
    choices: known.systems.map((value) => ({ label: value.name, value })),
  });
  const { disk, installation, installs } = await askSource(ask, reader, known, { name, system });
  const [virtType = 'qemu'] = (await reader.offer()).virtTypes;
  const memory = await askMemory(ask, reader, system);
  const cpus = await askCpus(ask, reader, system, virtType);
  const network = await askNetwork(ask, reader, installs === 'network');
  const summary = [
    name,
    system.name,
    t('CPUs: {0}', cpus),
    formatBytes(memory),
    disk.kind === 'new' ? `${disk.volume.pool.ref.name}/${disk.volume.name}` : undefined,
    network.kind === 'none' ? undefined : network.name,
  ];
  const settings = await askSettings(ask, reader, system, {
    start: await defaultSettings(reader, system, virtType),
    summary: summary.filter((part) => part !== undefined).join(', '),
  });
  return { name, system, disk, installation, memory, cpus, network, ...settings };
}

interface Source {
  readonly disk: DiskAnswer;
  readonly installation: () => Installation;
  readonly installs: Installation['kind'];
}

/** How the operating system comes, and onto which disk. */
async function askSource(
  ask: Ask,
  reader: HostReader,
  { keys, installers }: Known,
  { name, system }: { readonly name: string; readonly system: OperatingSystem },
): Promise<Source> {
  const kind = await askInstallation(ask, system);
  const source = (disk: DiskAnswer, installation: Installation): Source => ({
    disk,
    installation: () => installation,
    installs: installation.kind,
  });
  switch (kind) {
    case 'iso': {
      const iso = await askIso(
        ask,
        reader,
        t('The CD image to install from; or type the path of one on the host'),
      );
      return source(await askDisk(ask, reader, { name, system }), { kind, source: iso });
    }
    case 'tree': {
      const installer = await askTree(ask, reader, system, installers);
      return source(await askDisk(ask, reader, { name, system }), { kind, installer });
    }
    case 'network':
    case 'none':
      return source(await askDisk(ask, reader, { name, system }), { kind });
    case 'existing':
      return source({ kind: 'existing', source: await askExistingDisk(ask, reader) }, { kind: 'none' });
    case 'copy': {
      const from = await askTemplate(ask, reader);
      return source(await askCopy(ask, reader, name, from, 0), { kind: 'image', cloudInit: undefined });
    }
    case 'cloud': {
      const from = await askTemplate(ask, reader);
      const disk = await askCopy(ask, reader, name, from, system.disk);
      const cloudInit = await askCloudInit(ask, name, await keys);
      return { disk, installation: () => ({ kind: 'image', cloudInit: cloudInit() }), installs: 'image' };
    }
  }
}
