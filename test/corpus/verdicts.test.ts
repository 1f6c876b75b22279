import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { prepared, type Prepared } from './support/prepared.ts';

/** Where a document is not judged as libvirt's own test expects. */
async function wrongVerdicts({ corpus, judge }: Prepared): Promise<string[]> {
  const wrong: string[] = [];
  for (const { schema, path, isValid } of corpus.documents) {
    const [first] = judge(schema, await readFile(path, 'utf8'));
    if ((first === undefined) === isValid) continue;
    wrong.push(`${path}: ${first === undefined ? 'is taken as valid' : first.message}`);
  }
  return wrong;
}

describe('libvirt’s own test documents are judged as libvirt expects', () => {
  before(prepared);

  it('all of version 9.0.0', async () => {
    const [reference] = await prepared();
    assert.deepEqual(await wrongVerdicts(reference), []);
    assert.ok(reference.corpus.documents.length > 2700, 'documents are missing');
  });

  it('all of the newest version that Debian has', async () => {
    const [, newest] = await prepared();
    assert.deepEqual(await wrongVerdicts(newest), []);
    assert.ok(newest.corpus.documents.length > 3400, 'documents are missing');
  });

  it('and of each schema there are some', async () => {
    for (const { corpus } of await prepared()) {
      const schemas = new Set(corpus.documents.map(({ schema }) => schema));
      assert.deepEqual(
        [
          ...['capability', 'domain', 'domainbackup', 'domaincaps', 'domaincheckpoint', 'domainsnapshot'],
          ...['interface', 'network', 'networkport', 'nodedev', 'nwfilter', 'nwfilterbinding'],
          ...['secret', 'storagepool', 'storagepoolcaps', 'storagevol'],
        ].filter((name) => !schemas.has(`${name}.rng`)),
        [],
      );
    }
  });
});
