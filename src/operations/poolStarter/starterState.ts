import { createHash } from 'node:crypto';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';
import {
  starterScript,
  starterScriptPath,
  starterUnit,
  starterUnitPath,
  starterUnitText,
} from './starterFiles.ts';

/** What a host has of the unit that starts its pools. */
export interface StarterState {
  /** Whether systemd runs there. */
  readonly canHave: boolean;
  readonly isThere: boolean;
  /** Whether both files are as this version writes them, and the unit is enabled. */
  readonly isWhole: boolean;
}

const script = [
  '[ -d /run/systemd/system ] && echo systemd',
  '[ -e "$1" ] && echo unit && sha256sum "$1" "$2" 2>/dev/null',
  'echo "enabled $(systemctl is-enabled "$3" 2>/dev/null)"',
  'exit 0',
].join('\n');

const timeoutMs = 15_000;

export async function readStarterState(transport: Transport, options?: WaitOptions): Promise<StarterState> {
  const { stdout } = await transport.exec(
    ['sh', '-c', script, 'sh', starterUnitPath, starterScriptPath, starterUnit],
    { timeoutMs, ...options },
  );
  return parseStarterState(stdout.toString());
}

export function parseStarterState(output: string): StarterState {
  const lines = output.split('\n');
  const isThere = lines.includes('unit');
  const isSame = [starterUnitText, starterScript].every((text) =>
    output.includes(createHash('sha256').update(text).digest('hex')),
  );
  return {
    canHave: lines.includes('systemd'),
    isThere,
    isWhole: isThere && isSame && lines.includes('enabled enabled'),
  };
}
