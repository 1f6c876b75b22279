import type { DomainKind } from '../../rules/hostKnowledge.ts';

/** What of a host a document asks for beyond what is read for every document. */
export interface DocumentNeeds {
  /** libvirt's names of the pools whose volumes are to be listed. RBD pools always are. */
  readonly pools?: readonly string[] | undefined;
  /** The machines whose domain capabilities are to be read. */
  readonly domainKinds?: readonly DomainKind[] | undefined;
}
