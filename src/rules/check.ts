import type { XmlDocument } from '../xml/document.ts';
import { allRules } from './allRules.ts';
import type { HostKnowledge } from './hostKnowledge.ts';
import type { Finding } from './rule.ts';

/** All findings of all rules, in the order of their places. `knowledge` is undefined when no host is connected. */
export function checkRules(document: XmlDocument, knowledge: HostKnowledge | undefined): readonly Finding[] {
  return allRules
    .flatMap((rule) => rule.check(document, knowledge))
    .sort((a, b) => a.range.start - b.range.start);
}
