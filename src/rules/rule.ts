import type { TextRange, XmlDocument } from '../xml/document.ts';
import type { SnippetEdit, TextEdit } from '../xml/edits.ts';
import type { HostKnowledge } from './hostKnowledge.ts';

export type Severity = 'error' | 'warning' | 'information';

/** Something a rule can do to the document; exactly one of `edits` and `snippet` is there. */
export type Fix = {
  readonly title: string;
  /** The one to take when only one can be: at most one fix of a finding is preferred. */
  readonly isPreferred: boolean;
} & ({ readonly edits: readonly TextEdit[] } | { readonly snippet: SnippetEdit });

export interface Finding {
  readonly ruleId: string;
  readonly range: TextRange;
  readonly severity: Severity;
  /** For a person, in the display language. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** What the schema cannot say. A rule is pure: the same document and knowledge give the same findings. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly documentationUrl: string;
  check(document: XmlDocument, knowledge: HostKnowledge | undefined): readonly Finding[];
}
