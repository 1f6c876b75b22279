import type { TextRange } from '../xml/document.ts';
import type { TextEdit } from '../xml/edits.ts';
import type { Fix } from '../xml/fix.ts';
import type { Finding, Rule } from './rule.ts';

/** A finding of the rule, in the rule's own severity. */
export function findingOf(
  { id, severity }: Rule,
  range: TextRange,
  message: string,
  fixes: readonly Fix[] = [],
): Finding {
  return { ruleId: id, severity, range, message, fixes };
}

/** The one answer to a finding. */
export function preferredFix(title: string, edits: readonly TextEdit[]): Fix {
  return { title, isPreferred: true, edits };
}

/** One of several answers to a finding, or one that must be thought about. */
export function possibleFix(title: string, edits: readonly TextEdit[]): Fix {
  return { title, isPreferred: false, edits };
}

/** Answers of which the person chooses, each once; preferred when there is only one. */
export function choiceOf(fixes: readonly Fix[]): readonly Fix[] {
  const different = new Map(
    fixes.toReversed().map((fix) => [JSON.stringify('edits' in fix ? fix.edits : fix.snippet), fix]),
  );
  const choice = [...different.values()].reverse();
  const [only, ...others] = choice;
  return only !== undefined && others.length === 0 ? [{ ...only, isPreferred: true }] : choice;
}
