import type { TextRange, XmlDocument } from '../xml/document.ts';
import type { Fix } from '../xml/fix.ts';
import type { SchemaFaultKind } from '../xml/relaxng/fault.ts';
import type { HostKnowledge } from './hostKnowledge.ts';

export type Severity = 'error' | 'warning' | 'information';

export interface Finding {
  readonly ruleId: string;
  readonly range: TextRange;
  readonly severity: Severity;
  /** For a person, in the display language. */
  readonly message: string;
  readonly fixes: readonly Fix[];
  /**
   * The fault by which the schema tells the same of the same token. Where there is a schema the finding stands only
   * together with it, and is told once: without it something misspelt is in the place of what seems to be missing.
   */
  readonly schemaFault?: SchemaFaultKind | undefined;
}

/**
 * What the schema cannot say. A rule is pure: the same document and knowledge give the same findings. It never throws,
 * and says nothing about elements whose tags are at fault (`elementsNamed` and `isWhole` in wholeElements.ts).
 */
export interface Rule {
  /** Words in lower case with hyphens, unique: what settings and comments switch it off by. */
  readonly id: string;
  /** Of most of its findings; one that is certain to be worse or better may differ. */
  readonly severity: Severity;
  /** Where libvirt or Ceph describe the matter. */
  readonly documentationUrl: string;
  /** Two or three sentences: what happens at run time, and when it is fine. A function, as texts are loaded late. */
  readonly explanation: () => string;
  /** @param knowledge what the connected host knows; undefined when there is none */
  check(document: XmlDocument, knowledge: HostKnowledge | undefined): readonly Finding[];
}
