import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { parseRbdName } from '../../libvirt/model/storageSource.ts';
import type { XmlElement } from '../../xml/document.ts';
import { attributeValue, childrenNamed, placeAt } from '../../xml/queries.ts';
import { facts, heading, tooltip } from '../explorer/tooltip.ts';
import type { Analyses } from './analyses.ts';
import type { LanguageServices } from './languageSupport.ts';
import { languageId } from './libvirtDocuments.ts';

/** Nobody waits longer for a hover. */
const timeoutMs = 3000;

/** On the source of an RBD disk: which domains of all connected hosts name the image, and who has it open. */
export function registerImageHover(
  analyses: Analyses,
  { registry, clusters }: Pick<LanguageServices, 'registry' | 'clusters'>,
): vscode.Disposable {
  return vscode.languages.registerHoverProvider(languageId, {
    provideHover: async (document, position, token) => {
      const { xml } = await analyses.of(document);
      const place = placeAt(xml, document.offsetAt(position));
      const source = place.part === 'content' ? undefined : place.node;
      const name = source && rbdNameOf(source);
      const image = name === undefined ? undefined : parseRbdName(name);
      if (!source || !image || clusters.known.length === 0) return undefined;
      const monitors = childrenNamed(source, 'host').flatMap((host) => attributeValue(host, 'name') ?? []);
      const words = await usesInWords(image, monitors);
      return words && !token.isCancellationRequested ? new vscode.Hover(words) : undefined;
    },
  });

  async function usesInWords(
    image: NonNullable<ReturnType<typeof parseRbdName>>,
    monitors: readonly string[],
  ): Promise<vscode.MarkdownString | undefined> {
    const [{ readImageUses }, { mayReach }, { fullName }, words] = await Promise.all([
      import('../../hosts/clusters/imageUses.ts'),
      import('../../hosts/clusters/poolsOver.ts'),
      import('../../hosts/clusters/imageUser.ts'),
      import('../../hosts/clusters/useWords.ts'),
    ]);
    const cluster = clusters.known.find((one) => one.route && mayReach(monitors, one.monitors.value ?? []));
    if (!cluster) return undefined;
    const { client } = cluster.require();
    const { sessions } = registry;
    const { users, watchers, unseen } = await readImageUses(
      { image, client, cluster, sessions },
      { timeoutMs },
    );
    const list = (texts: readonly string[]): string | undefined =>
      texts.length === 0 ? undefined : texts.join('; ');
    return tooltip(
      heading(t('RBD image {0}', fullName(image))),
      facts([
        [
          t('Used by'),
          list(users.map((user) => [words.userName(user), ...words.useWords(user)].join(' · '))) ??
            t('no domain of a connected host'),
        ],
        [
          t('Open now'),
          watchers.kind === 'unknown'
            ? t('Not known: {0}', watchers.reason)
            : (list(watchers.watchers.map(words.watcherWords)) ?? t('by nobody')),
        ],
        [t('Not looked at'), list(unseen.map(words.unseenWords))],
      ]),
    );
  }
}

function rbdNameOf(element: XmlElement): string | undefined {
  if (element.localName !== 'source' || attributeValue(element, 'protocol') !== 'rbd') return undefined;
  return attributeValue(element, 'name');
}
