import type { XmlDocument } from '../xml/document.ts';
import { allRules } from './allRules.ts';
import { switchedOffByComments } from './comments/switchedOff.ts';
import type { HostKnowledge } from './hostKnowledge.ts';
import type { Finding, Severity } from './rule.ts';

/** What a person has set, by the id of the rule. Rules that are not named keep what they have. */
export type RuleSettings = ReadonlyMap<string, Severity | 'off'>;

const noSettings: RuleSettings = new Map();

/**
 * All findings of all rules that are not switched off, by settings or by comments in the document, in the order of
 * their places.
 *
 * @param knowledge what the connected host knows; undefined when there is none
 */
export function checkRules(
  document: XmlDocument,
  knowledge: HostKnowledge | undefined,
  settings: RuleSettings = noSettings,
): readonly Finding[] {
  const isSwitchedOff = switchedOffByComments(document);
  return allRules
    .flatMap((rule) => {
      const severity = settings.get(rule.id);
      if (severity === 'off') return [];
      const findings = rule.check(document, knowledge).filter((finding) => !isSwitchedOff(finding));
      return severity === undefined ? findings : findings.map((finding) => ({ ...finding, severity }));
    })
    .sort((a, b) => a.range.start - b.range.start);
}
