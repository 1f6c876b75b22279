import type { XmlDocument } from '../xml/document.ts';
import type { HostKnowledge } from './hostKnowledge.ts';
import type { Finding } from './rule.ts';

/** All findings of all rules, in the order of their places. `knowledge` is undefined when no host is connected. */
export function checkRules(
  _document: XmlDocument,
  _knowledge: HostKnowledge | undefined,
): readonly Finding[] {
  return [];
}
