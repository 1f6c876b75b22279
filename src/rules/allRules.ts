import { unknownRuleInComment } from './comments/unknownRuleInComment.ts';
import { rbdDiskWithoutAuth } from './rbd/rbdDiskWithoutAuth.ts';
import type { Rule } from './rule.ts';

/** A new rule is a file of its own and a line here. */
const rules: readonly Rule[] = [rbdDiskWithoutAuth];

/** Every rule there is. */
export const allRules: readonly Rule[] = [...rules, unknownRuleInComment(rules)];
