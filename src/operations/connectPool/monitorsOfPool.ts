import type { StorageServer } from '../pools/newPool.ts';

interface Monitor {
  readonly name: string | undefined;
  readonly port: number | undefined;
}

const usualPort = 6789;

function keyOf({ name = '', port = usualPort }: Partial<Monitor>): string {
  return `${name.replace(/^\[|\]$/g, '')} ${port}`;
}

/**
 * Whether the monitors that a pool names are of the cluster; `unknown` of one that names none, or names instead of
 * addresses.
 */
export function isOfCluster(
  named: readonly Monitor[],
  monitors: readonly StorageServer[],
): boolean | 'unknown' {
  const names = new Set(monitors.map(({ name }) => name));
  if (named.some(({ name = '' }) => names.has(name.replace(/^\[|\]$/g, '')))) return true;
  return named.length === 0 || areNames(named) ? 'unknown' : false;
}

/**
 * Whether a pool names all monitors of the cluster and no other. One that names them by names instead of addresses is
 * counted.
 */
export function namesAllMonitors(named: readonly Monitor[], monitors: readonly StorageServer[]): boolean {
  if (named.length > 0 && areNames(named)) return named.length >= monitors.length;
  const [own, all] = [new Set(named.map(keyOf)), new Set(monitors.map(keyOf))];
  return own.size === all.size && [...all].every((monitor) => own.has(monitor));
}

function areNames(named: readonly Monitor[]): boolean {
  return named.every(({ name = '' }) => !/^[0-9.]+$/.test(name) && !name.includes(':'));
}
