import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultOfSet } from '../../src/xml/schemas/completeness.ts';
import { SchemaCache } from '../../src/xml/schemas/schemaCache.ts';
import { documentKinds } from '../../src/xml/schemas/schemaFiles.ts';
import { openSchemaFolder } from '../../src/xml/schemas/schemaFolder.ts';
import { childElements, childNamed } from '../../src/xml/queries.ts';
import { scan } from '../../src/xml/scanner/scan.ts';
import { libvirtSchemas } from '../../tools/packaging/libvirtSchemas.ts';
import { LintProgram } from '../unit/cli/lintProgram.ts';
import { prepared, type Prepared } from './support/prepared.ts';

describe('libvirt-xml-lint', () => {
  let program: LintProgram;

  /** The documents that something is said of, all checked in one run. */
  const complainedOf = async ({ corpus }: Prepared): Promise<readonly string[]> => {
    const options = ['--format', 'json', '--rules', 'none', '--schemas', corpus.schemaFolder];
    const { stdout, stderr } = await program.run([...options, ...corpus.documents.map(({ path }) => path)]);
    assert.equal(stderr, '');
    const complaints = JSON.parse(stdout) as readonly { readonly file: string }[];
    return [...new Set(complaints.map(({ file }) => file))].sort();
  };
  const invalid = ({ corpus }: Prepared): readonly string[] =>
    corpus.documents
      .filter(({ isValid }) => !isValid)
      .map(({ path }) => path)
      .sort();

  before(async () => {
    await prepared();
    program = await LintProgram.build(undefined);
  });

  after(() => program.remove());

  it('finds the schema of each document by its root, and complains of exactly the invalid ones', async () => {
    for (const one of await prepared()) assert.deepEqual(await complainedOf(one), invalid(one));
  });
});

describe('a device alone', () => {
  it('is judged as in its domain', async () => {
    for (const { corpus } of await prepared()) {
      const cache = new SchemaCache();
      const ready = await cache.schemaFor(await openSchemaFolder(corpus.schemaFolder), 'device');
      const validator = ready?.validator;
      assert.ok(validator);
      let count = 0;
      for (const { path } of corpus.documents.filter(
        ({ isValid, schema }) => isValid && schema === 'domain.rng',
      )) {
        const text = await readFile(path, 'utf8');
        const { root } = scan(text);
        const devices = root && childNamed(root, 'devices');
        if (devices === undefined || text.includes('xmlns')) continue;
        for (const { name, range } of childElements(devices)) {
          if (name === 'emulator') continue;
          count += 1;
          const [fault] = validator.validate(scan(text.slice(range.start, range.end)));
          assert.equal(fault, undefined, `${path} at ${range.start}: ${fault?.message ?? ''}`);
        }
      }
      cache.dispose();
      assert.ok(count > 10_000, `${count} devices`);
    }
  });
});

describe('the schemas that are packaged', () => {
  it('are complete, can all be read, and say their version and terms', async () => {
    const folder = await libvirtSchemas(console.log);
    const set = await openSchemaFolder(folder);
    assert.equal(await faultOfSet(set), undefined);
    assert.match(set.version ?? '', /^\d+\.\d+\.\d+$/);
    assert.match(set.licence ?? '', /LGPL-2\.1/);
    assert.match(await readFile(join(folder, 'LGPL-2.1.txt'), 'utf8'), /GNU LESSER GENERAL PUBLIC LICENSE/);
    const cache = new SchemaCache();
    for (const kind of documentKinds) assert.ok(await cache.schemaFor(set, kind), kind);
    cache.dispose();
  });
});
