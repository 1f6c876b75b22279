import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { tryCommand } from '../../tools/lab/commands.ts';

describe('npm run demo', function () {
  this.timeout(180_000);

  it('shows the hosts of a lab connected', async () => {
    const demo = ['node', '--import', 'tsx', resolve('tools/demo.ts'), '--check'];
    const { exitCode, stdout, stderr } = await tryCommand(demo);
    assert.equal(exitCode, 0, `${stdout}${stderr}`);
    assert.match(stdout, /kvm1 is connected/);
    assert.match(stdout, /kvm2 is connected/);
  });
});
