import { groupLogins, type LoginGroup } from '../reach/rbdLogins.ts';
import type { Refusal, RefusedLogin } from './refusal.ts';

/** Logins that are refused for the same reason. */
export interface RefusedGroup<K extends Refusal['kind']> {
  readonly group: LoginGroup;
  readonly refused: RefusedLogin;
  readonly refusal: Extract<Refusal, { kind: K }>;
}

/** Those that are refused for one of these reasons, together where monitors, user and secret are the same. */
export function groupedRefusals<K extends Refusal['kind']>(
  all: readonly RefusedLogin[],
  ...kinds: readonly K[]
): readonly RefusedGroup<K>[] {
  const meant = all.filter(({ refusal }) => isOneOf(refusal, kinds));
  const groups = groupLogins(
    meant.map(({ login }) => login),
    ({ hosts, auth }) => JSON.stringify([hosts, auth]),
  );
  return groups.flatMap((group) => {
    const refused = meant.find(({ login }) => login === group.first);
    if (!refused || !isOneOf(refused.refusal, kinds)) return [];
    return [{ group, refused, refusal: refused.refusal }];
  });
}

function isOneOf<K extends Refusal['kind']>(
  refusal: Refusal,
  kinds: readonly K[],
): refusal is Extract<Refusal, { kind: K }> {
  return kinds.some((kind) => kind === refusal.kind);
}
