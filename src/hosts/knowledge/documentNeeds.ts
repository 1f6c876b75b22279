import { domainKindOf } from '../../rules/domainKind.ts';
import { nvramFileOf } from '../../rules/domain/nvramFile.ts';
import type { DomainKind } from '../../rules/hostKnowledge.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { attributeValue, childNamed, elementsOf, textOf } from '../../xml/queries.ts';

/** What of a host a document asks for beyond what is read for every document. */
export interface DocumentNeeds {
  /** libvirt's names of the pools whose volumes are to be listed. RBD pools always are. */
  readonly pools?: readonly string[] | undefined;
  /** The machines whose domain capabilities are to be read. */
  readonly domainKinds?: readonly DomainKind[] | undefined;
  /** Files of the host that the document names, as it writes them: whether they are there is to be found out. */
  readonly files?: readonly string[] | undefined;
  /** The document's domain: of the other hosts that have it too more is read. */
  readonly domainUuid?: string | undefined;
}

export function needsOf(document: XmlDocument): DocumentNeeds {
  const [root] = elementsOf(document);
  const kind = domainKindOf(document);
  const sources = [...elementsOf(document)].filter(({ localName }) => localName === 'source');
  const pools = sources.flatMap((source) => attributeValue(source, 'pool') ?? []);
  const nvram = nvramFileOf(document);
  const uuid = kind && root && childNamed(root, 'uuid');
  return {
    pools: [...new Set(pools)],
    domainKinds: kind ? [kind] : [],
    files: nvram ? [nvram.path, nvram.template].filter((path) => path !== undefined) : [],
    domainUuid: uuid && textOf(uuid).trim().toLowerCase(),
  };
}
