import type { TextRange, XmlDocument } from '../../xml/document.ts';
import type { Finding } from '../rule.ts';
import { disableCommentsOf } from './disableComments.ts';

/** Tells of a finding whether a comment in the document switches its rule off where it is. */
export function switchedOffByComments(document: XmlDocument): (finding: Finding) => boolean {
  const scopes = new Map<string, TextRange[]>();
  for (const { rules, scope } of disableCommentsOf(document)) {
    for (const { id } of rules) scopes.set(id, [...(scopes.get(id) ?? []), scope]);
  }
  return ({ ruleId, range }) =>
    (scopes.get(ruleId) ?? []).some(({ start, end }) => start <= range.start && range.start < end);
}
