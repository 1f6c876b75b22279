import assert from 'node:assert/strict';
import { isObjectCommand } from '../../src/ui/commands/command.ts';
import { commandTable } from '../../src/ui/commands/commandTable.ts';
import * as keyCommands from '../../src/ui/commands/tree/keyCommands.ts';

describe('keys for whatever row is focused', () => {
  it('run commands on objects that are there', () => {
    const onObjects = commandTable.filter(isObjectCommand).map(({ id }) => id);
    const candidates = Object.values(keyCommands).flatMap((command) => command.candidates);
    assert.ok(candidates.length > 10);
    assert.deepEqual(
      candidates.filter((id) => !onObjects.includes(id)),
      [],
    );
  });
});
