import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph, runCeph } from './cephProgram.ts';

/** The namespaces of a pool. */
export async function listRbdNamespaces(
  client: CephClient,
  pool: string,
  options?: WaitOptions,
): Promise<readonly string[]> {
  const args = ['namespace', 'ls', `--pool=${pool}`];
  const namespaces = (await askCeph(client, 'rbd', args, options)) as readonly { readonly name: string }[];
  return namespaces.map(({ name }) => name);
}

/** Rejects with EEXIST when there is one of the name, with EINVAL for a name that cannot be: with / or @. */
export async function createRbdNamespace(
  client: CephClient,
  pool: string,
  namespace: string,
  options?: WaitOptions,
): Promise<void> {
  await runCeph(
    client,
    'rbd',
    ['namespace', 'create', `--pool=${pool}`, `--namespace=${namespace}`],
    options,
  );
}

/** Rejects with EBUSY while there are images in it, or in its trash. */
export async function removeRbdNamespace(
  client: CephClient,
  pool: string,
  namespace: string,
  options?: WaitOptions,
): Promise<void> {
  await runCeph(client, 'rbd', ['namespace', 'rm', `--pool=${pool}`, `--namespace=${namespace}`], options);
}
