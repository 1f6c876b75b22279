import type { StorageServer } from '../pools/newPool.ts';

interface Monitor {
  readonly name: string | undefined;
  readonly port: number | undefined;
}

const usualPort = 6789;

function keyOf({ name = '', port = usualPort }: Partial<Monitor>): string {
  return `${name.replace(/^\[|\]$/g, '')} ${port}`;
}

/** Whether one of the monitors that a pool names is one of the cluster. */
export function shareMonitor(named: readonly Monitor[], monitors: readonly StorageServer[]): boolean {
  const names = new Set(monitors.map(({ name }) => name));
  return (
    named.length === 0 ||
    areNames(named) ||
    named.some(({ name = '' }) => names.has(name.replace(/^\[|\]$/g, '')))
  );
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
