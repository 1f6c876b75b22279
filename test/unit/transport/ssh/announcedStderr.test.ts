import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { AnnouncedStderr } from '../../../../src/transport/ssh/announcedStderr.ts';

describe('AnnouncedStderr', () => {
  async function read(...chunks: readonly string[]): Promise<[string, string | undefined]> {
    const stderr = new AnnouncedStderr();
    for (const chunk of chunks) stderr.write(chunk);
    stderr.end();
    return [await text(stderr), await stderr.processGroup];
  }

  it('takes the announcement out, however it arrives', async () => {
    assert.deepEqual(await read('process-group=12\nan error\n'), ['an error\n', '12']);
    assert.deepEqual(await read('proc', 'ess-group=1', '2', '\nan ', 'error\n'), ['an error\n', '12']);
    assert.deepEqual(await read('process-group=12\n'), ['', '12']);
  });

  it('keeps what a login shell has to say before it', async () => {
    assert.deepEqual(await read('warning: ü\nprocess-group=12\nan error\n'), [
      'warning: ü\nan error\n',
      '12',
    ]);
  });

  it('passes everything on when there is no announcement', async () => {
    assert.deepEqual(await read('no process-group=12\n', 'an error'), [
      'no process-group=12\nan error',
      undefined,
    ]);
    const much = 'x'.repeat(70_000);
    assert.deepEqual(await read(much, 'process-group=12\n'), [`${much}process-group=12\n`, undefined]);
  });

  it('takes out only the first', async () => {
    assert.deepEqual(await read('process-group=1\nprocess-group=2\n'), ['process-group=2\n', '1']);
  });

  it('announces nothing when it is destroyed', async () => {
    const stderr = new AnnouncedStderr();
    stderr.destroy();
    assert.equal(await stderr.processGroup, undefined);
  });
});
