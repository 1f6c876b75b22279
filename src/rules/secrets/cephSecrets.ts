import type { HostKnowledge, KnownSecret } from '../hostKnowledge.ts';

/** The secrets of the host that hold keys of Ceph. */
export function cephSecretsOf(knowledge: HostKnowledge | undefined): readonly KnownSecret[] {
  return (knowledge?.secrets ?? []).filter(({ usageType }) => usageType === 'ceph');
}

/** UUIDs to choose from for a new reference; a placeholder when the host has no Ceph secret. */
export function cephSecretChoices(knowledge: HostKnowledge | undefined): readonly [string, ...string[]] {
  const [first = '00000000-0000-0000-0000-000000000000', ...others] = cephSecretsOf(knowledge).map(
    ({ uuid }) => uuid,
  );
  return [first, ...others];
}
