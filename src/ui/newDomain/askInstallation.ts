import { t } from '../../base/l10n.ts';
import { sentences } from '../../base/sentences.ts';
import { messageOf, Problem } from '../../base/errors.ts';
import { findInstaller, treeUrlRefusal, type Installer } from '../../operations/newDomain/installTree.ts';
import type { OperatingSystem } from '../../operations/newDomain/operatingSystems.ts';
import type { Choice } from '../prompts/askPick.ts';
import { withProgress } from '../progress.ts';
import type { Ask } from '../prompts/wizard.ts';
import type { HostReader } from './hostReader.ts';

/** How an operating system is to come onto the new domain's disk. */
export type InstallationKind = 'iso' | 'cloud' | 'copy' | 'existing' | 'tree' | 'network' | 'none';

export async function askInstallation(ask: Ask, system: OperatingSystem): Promise<InstallationKind> {
  const isLinux = system.family === 'linux';
  const all: readonly (Choice<InstallationKind> & { readonly isOffered?: boolean })[] = [
    {
      label: t('From a CD image (ISO)'),
      detail: t('A volume of a pool, or a file on the host'),
      value: 'iso',
    },
    {
      label: t('From a cloud image'),
      detail: t('A copy of a ready disk, which cloud-init sets up at its first boot'),
      value: 'cloud',
      isOffered: system.family !== 'windows',
    },
    {
      label: t('From a copy of a disk'),
      detail: t('A template that is ready as it is'),
      value: 'copy',
    },
    {
      label: t('From the web'),
      detail: t('The host fetches the installer’s kernel'),
      value: 'tree',
      isOffered: isLinux,
    },
    { label: t('From the network (PXE)'), detail: t('A server in its network boots it'), value: 'network' },
    { label: t('It is on a disk that is there'), detail: t('A volume becomes its disk'), value: 'existing' },
    { label: t('Not now'), detail: t('A machine without an operating system'), value: 'none' },
  ];
  return ask.pick({
    placeholder: t('How {0} is installed', system.name),
    choices: all.filter(({ isOffered = true }) => isOffered),
  });
}

/** What was found below each URL, so that going back does not look again. */
export type FoundInstallers = Map<string, Installer | string>;

/** The URL of a tree, asked for again until the host finds an installer there. */
export async function askTree(
  ask: Ask,
  { host }: HostReader,
  system: OperatingSystem,
  found: FoundInstallers,
): Promise<Installer> {
  let why: string | undefined;
  for (let url = system.tree ?? ''; ;) {
    url = await ask.text({
      prompt: why ?? t('The URL of the tree to install from. The host fetches it.'),
      placeholder: 'https://deb.debian.org/debian/dists/bookworm/main/installer-amd64/',
      value: url,
      refusal: treeUrlRefusal,
    });
    const known = found.get(url) ?? (await look(url, host));
    found.set(url, known);
    if (typeof known !== 'string') return known;
    why = known;
  }
}

async function look(url: string, { transport }: HostReader['host']): Promise<Installer | string> {
  try {
    return await withProgress({ title: t('Looking for the installer below {0}', url) }, (signal) =>
      findInstaller(transport, url, { signal }),
    );
  } catch (error) {
    return sentences(messageOf(error), error instanceof Problem ? error.advice : undefined);
  }
}
