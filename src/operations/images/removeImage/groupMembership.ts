import type { WaitOptions } from '../../../base/waiting.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { runCeph } from '../../../ceph/cephProgram.ts';
import { placeArguments, type RbdImage } from '../../../ceph/rbd.ts';

/** @param group `pool/group` or `pool/namespace/group`, as `rbd info` writes it */
export function membershipArguments(
  { image, ...place }: RbdImage,
  group: string,
): { readonly args: readonly string[]; readonly undoArgs: readonly string[] } {
  const parts = group.split('/');
  const name = parts.at(-1) ?? group;
  const [groupPool = place.pool, groupNamespace] = parts.slice(0, -1);
  const options = [
    `--group-pool=${groupPool}`,
    ...(groupNamespace === undefined ? [] : [`--group-namespace=${groupNamespace}`]),
    `--group=${name}`,
    ...placeArguments(place).map((one) => one.replace('--', '--image-')),
    `--image=${image}`,
  ];
  return { args: ['group', 'image', 'rm', ...options], undoArgs: ['group', 'image', 'add', ...options] };
}

/** Runs `rbd group image`. */
export async function changeGroup(
  client: CephClient,
  args: readonly string[],
  options: WaitOptions,
): Promise<void> {
  await runCeph(client, 'rbd', args, { signal: options.signal });
}
