import type * as ssh2 from 'ssh2';

export type Ssh2 = typeof ssh2;

/** ssh2 costs 25 ms to load: only when a host is connected to. */
export async function loadSsh2(): Promise<Ssh2> {
  const loaded = await import('ssh2');
  return loaded.default;
}
