import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import { SshError } from '../sshError.ts';
import type { SshHostConfig } from './sshHostConfig.ts';

export function booleanValue(value: string | undefined, keyword: string, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  if (/^(yes|true)$/i.test(value)) return true;
  if (/^(no|false)$/i.test(value)) return false;
  throw badValue(value, keyword);
}

export function numberValue(value: string | undefined, keyword: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(value)) throw badValue(value, keyword);
  return Number(value);
}

export function portValue(value: string | undefined): number {
  const port = numberValue(value, 'Port', 22);
  if (port < 1 || port > 65535) throw badValue(String(port), 'Port');
  return port;
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A time in the notation of sshd_config(5), section TIME FORMATS. undefined for none: not given, `none` or 0. */
export function durationMs(value: string | undefined, keyword: string): number | undefined {
  if (value === undefined || /^none$/i.test(value)) return undefined;
  if (!/^(\d{1,7}[smhdw]?)+$/i.test(value)) throw badValue(value, keyword);
  const seconds = [...value.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ''] ?? 1),
    0,
  );
  return seconds === 0 ? undefined : seconds * 1000;
}

export function hostKeyPolicy(
  value: string | undefined,
  alias: string,
  log: Log,
): SshHostConfig['strictHostKeyChecking'] {
  switch (value?.toLowerCase()) {
    case undefined:
    case 'ask':
      return 'ask';
    case 'yes':
    case 'true':
      return 'yes';
    case 'accept-new':
      return 'accept-new';
    case 'no':
    case 'off':
    case 'false':
      log.warn(t('StrictHostKeyChecking is off for {0}; an unknown key is asked about all the same.', alias));
      return 'ask';
    default:
      throw badValue(value ?? '', 'StrictHostKeyChecking');
  }
}

function badValue(value: string, keyword: string): SshError {
  return new SshError(
    'bad-config',
    t('“{0}” is not a value of {1} in the SSH configuration.', value, keyword),
  );
}
