import { t } from '../../base/l10n.ts';
import type { Rule } from '../rule.ts';
import { disableCommentsOf } from './disableComments.ts';

/**
 * A comment that switches off a rule that does not exist, or none.
 *
 * @param rules all other rules
 */
export function unknownRuleInComment(rules: readonly Rule[]): Rule {
  const id = 'unknown-rule-in-comment';
  const known: ReadonlySet<string> = new Set([...rules.map((rule) => rule.id), id]);
  return {
    id,
    severity: 'information',
    documentationUrl:
      'https://github.com/libvirt-ceph/vscode-libvirt-ceph/blob/main/docs/rules.md#switching-rules-off',
    explanation: () =>
      t(
        'A comment such as <!-- libvirt-lint disable rbd-disk-without-auth --> switches rules off for the element that follows, or for the whole document when it stands before the root. A name that is no rule has no effect, so the comment does not do what it seems to do.',
      ),
    check(document) {
      return disableCommentsOf(document).flatMap(({ range, rules: named }) => {
        const at = { ruleId: id, severity: 'information', fixes: [] } as const;
        if (named.length === 0) {
          return [{ ...at, range, message: t('This comment names no rule: nothing is switched off.') }];
        }
        return named
          .filter((rule) => !known.has(rule.id))
          .map((rule) => ({
            ...at,
            range: rule.range,
            message: t('There is no rule {0}: nothing is switched off.', rule.id),
          }));
      });
    },
  };
}
