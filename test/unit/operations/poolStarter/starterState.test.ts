import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  starterScript,
  starterScriptPath,
  starterUnitText,
} from '../../../../src/operations/poolStarter/starterFiles.ts';
import { parseStarterState } from '../../../../src/operations/poolStarter/starterState.ts';

describe('the unit that starts storage pools', () => {
  const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');
  const output = (unit: string, script: string, enabled: string): string =>
    `systemd\nunit\n${sumOf(unit)}  /etc/x.service\n${sumOf(script)}  /usr/x\nenabled ${enabled}\n`;

  it('is whole when both files are as they are written now, and it is enabled', () => {
    const state = parseStarterState(output(starterUnitText, starterScript, 'enabled'));
    assert.deepEqual(state, { canHave: true, isThere: true, isWhole: true });
  });

  it('is there, but not whole, when it is disabled or somebody has changed a file', () => {
    for (const text of [
      output(starterUnitText, starterScript, 'disabled'),
      output(starterUnitText, `${starterScript}\n# mine\n`, 'enabled'),
      output('[Unit]\n', starterScript, 'enabled'),
    ])
      assert.deepEqual(parseStarterState(text), { canHave: true, isThere: true, isWhole: false });
  });

  it('cannot be had without systemd', () => {
    assert.deepEqual(parseStarterState('enabled \n'), { canHave: false, isThere: false, isWhole: false });
  });

  it('runs a script that any POSIX shell reads', () => {
    execFileSync('sh', ['-n'], { input: starterScript });
    assert.match(starterUnitText, new RegExp(`^ExecStart=${starterScriptPath}$`, 'm'));
  });
});
