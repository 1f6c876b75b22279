import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSchemaFolder, SchemaFolderError } from '../../../../src/xml/schemas/schemaFolder.ts';
import { smallSchemas } from './smallSchemas.ts';

describe('a folder of schemas', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schemas-'));
    for (const [name, text] of smallSchemas) await writeFile(join(folder, name), text);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives its files, and neither a version nor terms that do not lie beside them', async () => {
    const set = await openSchemaFolder(folder);
    assert.deepEqual(set.fileNames, ['domain.rng', 'domaincommon.rng', 'secret.rng']);
    assert.equal(set.read('secret.rng'), smallSchemas.get('secret.rng'));
    assert.deepEqual(
      [set.version, set.licence, set.origin],
      [undefined, undefined, { kind: 'folder', path: folder }],
    );
  });

  it('gives nothing from outside of it', async () => {
    await writeFile(join(folder, '..', 'outside.rng'), 'secret');
    const set = await openSchemaFolder(folder);
    assert.equal(set.read('../outside.rng'), undefined);
    assert.equal(set.read('schemas.json'), undefined);
    await rm(join(folder, '..', 'outside.rng'));
  });

  it('tells version and terms that lie beside the files', async () => {
    await writeFile(join(folder, 'schemas.json'), '{"version": "11.3.0"}');
    await writeFile(join(folder, 'copyright'), 'LGPL');
    const { version, licence } = await openSchemaFolder(folder);
    assert.deepEqual([version, licence], ['11.3.0', 'LGPL']);
  });

  it('has no version when what lies beside the files is broken', async () => {
    for (const text of ['', 'null', '{"version": 11}']) {
      await writeFile(join(folder, 'schemas.json'), text);
      assert.equal((await openSchemaFolder(folder)).version, undefined);
    }
  });

  it('without schemas, and one that is not there, are refused by their name', async () => {
    const missing = join(folder, 'missing');
    await assert.rejects(openSchemaFolder(missing), (error) => {
      assert.ok(error instanceof SchemaFolderError);
      assert.match(error.message, /missing cannot be read\.$/);
      return true;
    });
    for (const name of smallSchemas.keys()) await rm(join(folder, name));
    await assert.rejects(openSchemaFolder(folder), SchemaFolderError);
  });
});
