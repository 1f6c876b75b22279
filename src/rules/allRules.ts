import { rbdDiskWithoutAuth } from './rbd/rbdDiskWithoutAuth.ts';
import type { Rule } from './rule.ts';

/** Every rule there is. A new one is a file of its own and a line here. */
export const allRules: readonly Rule[] = [rbdDiskWithoutAuth];
