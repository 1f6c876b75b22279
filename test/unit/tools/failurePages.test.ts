import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failurePagesFolder, makeFailurePages } from '../../../tools/docs/failurePages.ts';

describe('docs/failures', function () {
  // The layout of a hundred pages is made as well.
  this.timeout(30_000);

  it('says what the doctor knows, in both languages (npm run docs writes it)', async () => {
    const pages = await makeFailurePages();
    const files = (await readdir(failurePagesFolder, { recursive: true })).filter((path) =>
      path.endsWith('.md'),
    );
    assert.deepEqual(files.sort(), [...pages.keys()].sort());
    for (const [path, text] of pages)
      assert.equal(await readFile(join(failurePagesFolder, path), 'utf8'), text, path);
  });
});
